"""The pages of lessons."""

from lessons.views.browse import lesson_list
from lessons.views.reading import lesson_detail

__all__ = ["lesson_detail", "lesson_list"]
