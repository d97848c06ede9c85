"""Evidence of use on the page of a lesson: what readers told, what the reader said before, what owners of plays made of it."""

from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from core.pagination import KeysetPage, keyset_page
from lessons.choices import READABLE, UseOutcome, WhyNot
from lessons.models import Lesson, LessonReview, LessonRoute, LessonUse, LessonVote, SeenAgain
from lessons.permissions import is_own, may_edit
from lessons.route_rules import readable_routes
from lessons.rules import may_respond

USES = 5
BAR = 100
SHORT = {
    UseOutcome.WORKED: pgettext_lazy("uses", "Worked"),
    UseOutcome.ADAPTED: pgettext_lazy("uses", "Adapted"),
    UseOutcome.DID_NOT: pgettext_lazy("uses", "Did not"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One outcome with its share of the bar in hundredths, as text that no locale rewrites."""

    key: str
    label: str
    count: int
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page of a lesson shows of its use."""

    segments: list[Segment]
    uses: KeysetPage[LessonUse]
    routes: list[LessonRoute]
    vote: LessonVote | None
    has_seen: bool
    can_respond: bool


def evidence_of(lesson: Lesson, reader: object, cursor: str | None = None) -> Evidence:
    """Four queries, however often the lesson was used."""
    told = lesson.uses.select_related("alliance_type", "phase")
    mine = {"lesson": lesson, "person_id": getattr(reader, "pk", None)}
    routes = readable_routes(LessonRoute.objects.filter(lesson=lesson).with_all(), reader)
    return Evidence(
        segments=segments_of(lesson),
        uses=keyset_page(told, by="created", cursor=cursor, size=USES),
        routes=list(routes.order_by("play__code")) if lesson.status in READABLE else [],
        vote=LessonVote.objects.filter(**mine).first(),
        has_seen=SeenAgain.objects.filter(**mine).exists(),
        can_respond=may_respond(reader, lesson),
    )


def segments_of(lesson: Lesson) -> list[Segment]:
    """The bar of outcomes: worked, adapted, did not."""
    failed = lesson.use_count - lesson.worked_count - lesson.adapted_count
    counts = {
        UseOutcome.WORKED: lesson.worked_count,
        UseOutcome.ADAPTED: lesson.adapted_count,
        UseOutcome.DID_NOT: max(0, failed),
    }
    total = max(1, sum(counts.values()))
    found, start = [], 0.0
    for outcome, count in counts.items():
        width = BAR * count / total
        found.append(Segment(outcome.value, str(SHORT[outcome]), count, f"{start:.2f}", f"{width:.2f}"))
        start += width
    return found


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it did not help, and how many say so."""

    label: str
    count: int


def reasons_against(lesson: Lesson, reader: object) -> list[Reason]:
    """Counts for those who can mend it: its author and who keeps lessons. Never who said it."""
    if not (is_own(reader, lesson) or may_edit(reader, lesson)):
        return []
    said = list(LessonVote.objects.filter(lesson=lesson, helpful=False).values_list("why_not", flat=True))
    return [Reason(str(why.label), said.count(why)) for why in WhyNot if why in said]


def words_of_reviewers(lesson: Lesson, reader: object) -> list[LessonReview]:
    """What reviewers said, for its author and who reviews; newest first."""
    if not (is_own(reader, lesson) or may_edit(reader, lesson)):
        return []
    return list(lesson.reviews.select_related("by").order_by("-id"))
