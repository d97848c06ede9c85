"""Lessons like one that is being written, so that nobody writes again what is there. Reads only.

Ours alone: external lessons never raise the alarm. What is shown is cut to what the reader may see now.
"""

from collections.abc import Collection
from dataclasses import dataclass

from lessons.models import Lesson
from lessons.services.indexing import LESSON_KIND
from search import api as search

SHOWN = 5
WORTH_SHOWING = 0.25
FEWEST_WORDS = 3
ALARM = 0.6
ALARM_WORDS = 12
"""Fewer telling words than this are soon found whole in some long lesson: then a lesson is shown, and no alarm raised."""


@dataclass(frozen=True, slots=True)
class SimilarLesson:
    """A lesson like the text; `share` of the text's telling words are in it."""

    lesson: Lesson
    share: float
    very_close: bool


def find_similar(
    *, title: str, text: str, reader: object, leave_out: Collection[int] = (), limit: int = SHOWN
) -> list[SimilarLesson]:
    """The lessons most like what was typed so far, best first; none before there are a few words."""
    found = search.alike(title, text, kind=LESSON_KIND, reader=reader, limit=limit + len(leave_out))
    return [
        SimilarLesson(one.hit.object, one.share, one.share >= ALARM and one.words >= ALARM_WORDS)
        for one in found
        if one.hit.object_id not in leave_out and one.share >= WORTH_SHOWING and one.words >= FEWEST_WORDS
    ][:limit]
