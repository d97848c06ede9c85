"""The one place where lessons knock at the door of search."""

from collections.abc import Iterable

from lessons.models import Lesson
from search import api as search

LESSON_KIND = "lesson"
EXTERNAL_KIND = "external_lesson"


def kind_of(lesson: Lesson) -> str:
    """The kind of document a lesson becomes."""
    return EXTERNAL_KIND if lesson.is_external else LESSON_KIND


def index_lesson(lesson: Lesson, *, narrowing: bool = False) -> None:
    """Has a lesson indexed again; call it inside the transaction of the change."""
    search.touch(lesson, kind=kind_of(lesson), narrowing=narrowing)


def index_lessons(lesson_ids: Iterable[int], *, kind: str) -> None:
    """Has many lessons of one kind indexed again."""
    search.touch_many(lesson_ids, kind=kind)
