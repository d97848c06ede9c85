"""What stands beside the form: the quality so far, and lessons that may say the same already."""

from collections.abc import Collection
from dataclasses import dataclass

from lessons.capture.values import sketch_from
from lessons.capture.writing import LessonWritingForm
from lessons.choices import Likeness
from lessons.models import Lesson
from lessons.quality import Quality, quality_of
from lessons.services.find_similar import find_similar

BESIDE_THE_FORM = 3


@dataclass(frozen=True, slots=True)
class LikeRow:
    """A similar lesson, and what the author said of it."""

    lesson: Lesson
    very_close: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Rail:
    """Both cards."""

    quality: Quality
    similar: list[LikeRow]
    answers: list[tuple[str, str]]


def rail_of(form: LessonWritingForm, reader: object, *, leave_out: Collection[int] = ()) -> Rail:
    """For the form as it stands, valid or not."""
    sketch = sketch_from(form.text)
    text = " ".join(
        [sketch.planned, sketch.happened, *sketch.whys, sketch.advice_does, sketch.impact_relationship]
    )
    found = find_similar(
        title=sketch.title, text=text, reader=reader, leave_out=leave_out, limit=BESIDE_THE_FORM
    )
    return Rail(
        quality=quality_of(sketch, names=form.names),
        similar=[
            LikeRow(one.lesson, one.very_close, str(form.likenesses.get(one.lesson.pk, ""))) for one in found
        ],
        answers=[(str(value), str(label)) for value, label in Likeness.choices],
    )
