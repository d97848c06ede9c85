"""Models of the lessons room."""

from lessons.models.citation import Citation, CitationKind
from lessons.models.lesson import Lesson
from lessons.models.source import LessonSource

__all__ = ["Citation", "CitationKind", "Lesson", "LessonSource"]
