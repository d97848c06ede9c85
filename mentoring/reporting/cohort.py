"""How far the people who were appointed in a period have come, from appointment to a closed mentorship.

What somebody did for an earlier appointment does not count: a request does from thirty days before the day on, since
people may be named and look for a mentor before they begin; a mentorship does that was open on the day or began later.
Three or four queries and those of the provider, whatever the data.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from core.models import Term, Vocabulary
from mentoring.choices import Ending, RequestState, SessionState
from mentoring.models import Agreement, MatchRequest, Mentorship, Session
from mentoring.report_slots import Appointment, appointed
from mentoring.reporting.periods import Period
from people.models import Profile

AHEAD = timedelta(days=30)


class Stage(TextChoices):
    """How far; in order."""

    APPOINTED = "appointed", _("Appointed")
    CONTEXT = "context", _("Gave their context")
    ASKED = "asked", _("Asked for a mentor")
    PAIRED = "paired", _("Has a mentor")
    TALKED = "talked", _("First talk held")
    SIGNED = "signed", _("Agreement signed")
    CLOSED = "closed", _("Closed with a look back")


class Grouping(TextChoices):
    """What the table is by."""

    DIVISION = "division", _("Division")
    FUNCTION = "function", _("Business function")


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the cohort, who never leaves this package."""

    group: str
    stages: frozenset[Stage]


@dataclass(frozen=True, slots=True)
class _Pair:
    ended: date | None
    stages: frozenset[Stage]


def cohort(period: Period, grouping: Grouping) -> list[Member]:
    """Everybody who was appointed in the period and not rejected."""
    people = appointed(period.since, period.until)
    pairs, asked = _pairs(), _asked()
    groups = _groups([one.person_id for one in people], grouping)
    return [
        Member(groups.get(one.person_id, ""), _stages(one, pairs[one.person_id], asked.get(one.person_id)))
        for one in people
    ]


def _stages(one: Appointment, pairs: Sequence[_Pair], asked: datetime | None) -> frozenset[Stage]:
    stages = {Stage.APPOINTED}
    if one.gave_context:
        stages.add(Stage.CONTEXT)
    for pair in pairs:
        if pair.ended is None or pair.ended >= one.day:
            stages |= pair.stages
    if asked is not None and asked.astimezone(UTC).date() >= one.day - AHEAD:
        stages.add(Stage.ASKED)
    return frozenset(stages)


def _pairs() -> Mapping[int, list[_Pair]]:
    """What each mentee's pairs have reached; a pair of a round stands for a request, too."""
    found: dict[int, list[_Pair]] = defaultdict(list)
    for mentee, ended, ending, talked, signed in _pair_rows():
        reached = {
            Stage.ASKED: True,
            Stage.PAIRED: True,
            Stage.TALKED: talked,
            Stage.SIGNED: signed,
            Stage.CLOSED: ending == Ending.COMPLETED,
        }
        day = ended.astimezone(UTC).date() if ended else None
        found[mentee].append(_Pair(day, frozenset(stage for stage, is_so in reached.items() if is_so)))
    return found


def _pair_rows() -> QuerySet[Mentorship, tuple[int, datetime | None, str, bool, bool]]:
    held = Session.objects.filter(mentorship=OuterRef("pk"), state=SessionState.HELD)
    signed = Agreement.objects.filter(
        mentorship=OuterRef("pk"), signed_mentor__isnull=False, signed_mentee__isnull=False
    )
    rows = Mentorship.objects.order_by().annotate(talked=Exists(held), signed=Exists(signed))
    return rows.values_list("mentee", "ended", "ending", "talked", "signed")


def _asked() -> dict[int, datetime]:
    """When each mentee last sent a request."""
    rows = MatchRequest.objects.exclude(state=RequestState.DRAFT).filter(sent__isnull=False)
    return dict(rows.order_by().values_list("mentee").annotate(last=Max("sent")))


def _groups(ids: Sequence[int], grouping: Grouping) -> dict[int, str]:
    """The name of each person's group; empty where they said none."""
    rows = Profile.objects.filter(user__in=ids).values_list("user", "division", "user__business_function")
    if grouping is Grouping.DIVISION:
        return {pk: division for pk, division, _code in rows}
    labels = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION)
    return {pk: labels.get(code, code) for pk, _division, code in rows}
