"""Evidence of use on the page of a lesson: what readers told, what the reader said before, what owners of plays made of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import pgettext_lazy

from core.pagination import KeysetPage, keyset_page
from lessons.choices import UseOutcome, WhyNot
from lessons.models import Lesson, LessonReview, LessonRoute, LessonUse, LessonVote, SeenAgain
from lessons.permissions import is_own, may_edit
from lessons.route_rules import readable_routes
from lessons.rules import respondable

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
    """What a page of a lesson shows of its use. `helpful` is None where the reader has not voted."""

    segments: list[Segment]
    uses: KeysetPage[LessonUse]
    routes: list[LessonRoute]
    helpful: bool | None
    why_not: str
    has_seen: bool
    can_respond: bool


def evidence_of(lesson: Lesson, reader: object, cursor: str | None = None) -> Evidence:
    """One query, one more where the lesson was used and one where it was sent to plays; never one a use."""
    answers = _answers(lesson, reader)
    return Evidence(
        segments=segments_of(lesson),
        uses=_uses(lesson, cursor),
        routes=_routes(lesson, reader) if answers["was_sent"] else [],
        helpful=answers["helpful"],
        why_not=str(WhyNot(answers["why_not"]).label) if answers["why_not"] else "",
        has_seen=answers["has_seen"],
        can_respond=answers["can_respond"],
    )


NOTHING_SAID: Mapping[str, Any] = {
    "can_respond": False,
    "has_seen": False,
    "was_sent": False,
    "helpful": None,
    "why_not": "",
}
"""Holds too where the lesson was narrowed in the moment between."""


def _answers(lesson: Lesson, reader: object) -> dict[str, Any]:
    """What the reader said of the lesson and may say, in one query."""
    this = Lesson.objects.visible_to(reader).filter(pk=lesson.pk)
    mine = {"lesson": OuterRef("pk"), "person_id": getattr(reader, "pk", None)}
    vote = LessonVote.objects.filter(**mine)
    found = this.annotate(
        can_respond=Exists(respondable(Lesson.objects.visible_to(reader).filter(pk=OuterRef("pk")), reader)),
        has_seen=Exists(SeenAgain.objects.filter(**mine)),
        was_sent=Exists(LessonRoute.objects.filter(lesson=OuterRef("pk"))),
        helpful=Subquery(vote.values("helpful")[:1]),
        why_not=Subquery(vote.values("why_not")[:1]),
    )
    answers: dict[str, Any] | None = found.values(*NOTHING_SAID).first()
    return answers or dict(NOTHING_SAID)


def _uses(lesson: Lesson, cursor: str | None) -> KeysetPage[LessonUse]:
    if not lesson.use_count:
        return KeysetPage([], None, None)
    told = lesson.uses.select_related("alliance_type", "phase")
    return keyset_page(told, by="created", cursor=cursor, size=USES)


def _routes(lesson: Lesson, reader: object) -> list[LessonRoute]:
    routes = readable_routes(LessonRoute.objects.filter(lesson=lesson).with_all(), reader)
    return list(routes.order_by("play__code"))


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
    """Why it did not help, how many say so, and their words, of nobody in particular."""

    label: str
    count: int
    words: Sequence[str] = ()


def reasons_against(lesson: Lesson, reader: object) -> list[Reason]:
    """Counts for those who can mend it: its author and who keeps lessons. Never who said it."""
    if not (is_own(reader, lesson) or may_edit(reader, lesson)):
        return []
    votes = LessonVote.objects.filter(lesson=lesson, helpful=False).order_by("note")
    said: dict[str, list[str]] = defaultdict(list)
    for why, note in votes.values_list("why_not", "note"):
        said[why].append(note)
    return [
        Reason(str(why.label), len(said[why]), [note for note in said[why] if note])
        for why in WhyNot
        if why in said
    ]


def words_of_reviewers(lesson: Lesson, reader: object) -> list[LessonReview]:
    """What reviewers said, for its author and who reviews; newest first."""
    if not (is_own(reader, lesson) or may_edit(reader, lesson)):
        return []
    return list(lesson.reviews.select_related("by").order_by("-id"))
