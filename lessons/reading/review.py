"""The two-minute screen: the lesson as readers will see it, and beside it everything a reviewer has to weigh."""

from dataclasses import dataclass

from composer.api import check_names
from composer.data import NameFinding
from lessons.choices import READABLE, ReviewAct, Status
from lessons.models import Lesson, LessonReview, LikenessAnswer
from lessons.quality import Quality, quality_of
from lessons.reading.differences import FieldChange, changed_fields
from lessons.rules import may_return, may_screen, may_validate
from lessons.services.find_similar import SimilarLesson, find_similar
from lessons.services.refusals import missing_to_publish, why_not_screen, why_not_validate
from lessons.services.snapshot import texts_of

COMPARED = (ReviewAct.SCREENED, ReviewAct.RETURNED, ReviewAct.VALIDATED, ReviewAct.REOPENED)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What the screen shows; the acts that are open to the reader, or why none is."""

    lesson: Lesson
    can_screen: bool
    can_validate: bool
    can_return: bool
    refusal: str
    missing: list[str]
    quality: Quality
    findings: list[NameFinding]
    similar: list[SimilarLesson]
    likenesses: list[LikenessAnswer]
    reviews: list[LessonReview]
    last: LessonReview | None
    changes: list[FieldChange]


def review_view(lesson: Lesson, reader: object) -> ReviewView:
    """The screen for a lesson the reader may see. A constant number of queries."""
    texts = texts_of(lesson)
    findings = check_names(texts)
    reviews = list(lesson.reviews.select_related("by").order_by("id"))
    last = next((row for row in reversed(reviews) if row.act in COMPARED and row.texts), None)
    return ReviewView(
        lesson=lesson,
        can_screen=may_screen(reader, lesson),
        can_validate=may_validate(reader, lesson),
        can_return=may_return(reader, lesson),
        refusal=_refusal(lesson, reader),
        missing=missing_to_publish(lesson),
        quality=_quality(lesson, findings),
        findings=findings,
        similar=find_similar(
            title=lesson.title, text=" ".join(texts.values()), reader=reader, leave_out=[lesson.pk]
        ),
        likenesses=_likenesses(lesson, reader),
        reviews=reviews,
        last=last,
        changes=changed_fields(last.texts, texts) if last else [],
    )


def _quality(lesson: Lesson, findings: list[NameFinding]) -> Quality:
    """The points behind the stored score: names count against it unless the author called them harmless."""
    clean = quality_of(lesson)
    if clean.score <= lesson.quality:
        return clean
    return quality_of(lesson, names=[finding.words for finding in findings])


def _refusal(lesson: Lesson, reader: object) -> str:
    if lesson.status == Status.SUBMITTED:
        return why_not_screen(reader, lesson)
    return why_not_validate(reader, lesson) if lesson.status == Status.SCREENED else ""


def _likenesses(lesson: Lesson, reader: object) -> list[LikenessAnswer]:
    answers = lesson.likenesses.select_related("other").filter(other__status__in=READABLE)
    return list(answers.filter(other__in=Lesson.objects.visible_to(reader).values("pk")).order_by("id"))
