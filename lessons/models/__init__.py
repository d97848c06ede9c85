"""Models of the lessons room."""

from lessons.models.citation import Citation, CitationKind
from lessons.models.lesson import Lesson
from lessons.models.reuse import LessonUse, LessonVote, LikenessAnswer, SeenAgain
from lessons.models.review import LessonReview, LessonRoute
from lessons.models.source import LessonSource

__all__ = [
    "Citation",
    "CitationKind",
    "Lesson",
    "LessonReview",
    "LessonRoute",
    "LessonSource",
    "LessonUse",
    "LessonVote",
    "LikenessAnswer",
    "SeenAgain",
]
