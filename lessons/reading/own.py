"""One's own lessons, with where each stands and what it asks of its author."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from core.pagination import KeysetPage, keyset_page
from lessons.choices import ReviewAct, Status
from lessons.deadlines import screening_due, validation_due
from lessons.models import Lesson, LessonReview

PAGE = 30


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """A row. `asked` is what its author is asked for, `waits` what others owe and by when."""

    lesson: Lesson
    asked: str = ""
    reason: str = ""
    waits: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class OwnLessons:
    """The page: what asks for something first, then the newest."""

    asking: list[OwnLesson]
    page: KeysetPage[Lesson]
    rows: list[OwnLesson]


def own_lessons(person: object, cursor: str | None = None) -> OwnLessons:
    """Two queries, however many lessons there are."""
    returned = LessonReview.objects.filter(lesson=OuterRef("pk"), act=ReviewAct.RETURNED).order_by("-id")
    rows = (
        Lesson.objects.visible_to(person)
        .internal()
        .filter(Q(author_id=getattr(person, "pk", None)))
        .select_related("phase")
        .annotate(last_words=Subquery(returned.values("note")[:1]))
    )
    mine_to_do = Q(status__in=(Status.DRAFT, Status.RETURNED))
    asking = [_row(lesson) for lesson in rows.filter(mine_to_do).order_by("-updated", "-pk")[:PAGE]]
    page = keyset_page(rows.exclude(mine_to_do), by="created", cursor=cursor, size=PAGE)
    return OwnLessons(asking, page, [_row(lesson) for lesson in page.rows])


def _row(lesson: Lesson) -> OwnLesson:
    if lesson.status == Status.DRAFT:
        return OwnLesson(lesson, asked=_("Finish and submit"))
    if lesson.status == Status.RETURNED:
        return OwnLesson(
            lesson, asked=_("Answer and submit again"), reason=getattr(lesson, "last_words", None) or ""
        )
    if lesson.status == Status.SUBMITTED:
        day = timezone.localtime(lesson.submitted or lesson.created).date()
        return OwnLesson(lesson, waits=_("Waits for a screener"), due=screening_due(day))
    if lesson.status == Status.SCREENED:
        day = timezone.localtime(lesson.screened or lesson.created).date()
        return OwnLesson(lesson, waits=_("Waits for a peer to validate it"), due=validation_due(day))
    return OwnLesson(lesson)
