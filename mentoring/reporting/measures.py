"""The figures that have a target: time to the first talk, talks in ninety days, what pulses say. Three queries.

Days between a date and a moment are counted here and not by the database, since the two engines count them differently.
A figure over fewer than five people is none.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from statistics import fmean, median

from django.db.models import Avg, Count

from mentoring.choices import SessionState
from mentoring.models import Mentorship, Pulse, Session
from mentoring.reporting.periods import Period
from mentoring.reporting.suppress import SMALLEST

TERM = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with what it was taken from; no value where there were too few people."""

    value: float | None
    cases: int | None
    people: int | None


NOTHING = Measured(None, None, None)


@dataclass(frozen=True, slots=True)
class Measures:
    """All three."""

    first_talk: Measured
    talks: Measured
    pulses: Measured


def measures(period: Period) -> Measures:
    """Of pairs that began, of pairs whose ninetieth day came, and of pulses answered in the period."""
    pairs = list(Mentorship.objects.order_by("pk").values_list("pk", "mentee", "began"))
    held = _held_by_pair()
    began = [(mentee, day, held[pk]) for pk, mentee, day in pairs if _within(day, period)]
    reached = [(mentee, day, held[pk]) for pk, mentee, day in pairs if _within(day + TERM, period)]
    waited = [(mentee, float((min(days) - day).days)) for mentee, day, days in began if days]
    counts = [(mentee, float(sum(day <= one < day + TERM for one in days))) for mentee, day, days in reached]
    return Measures(_measured(waited, median), _measured(counts, fmean), _pulses(period))


def _held_by_pair() -> dict[int, list[date]]:
    held: dict[int, list[date]] = defaultdict(list)
    rows = Session.objects.filter(state=SessionState.HELD).order_by()
    for pk, start in rows.values_list("mentorship", "start"):
        held[pk].append(start.astimezone(UTC).date())
    return held


def _within(day: date, period: Period) -> bool:
    return (period.since is None or period.since <= day) and day <= period.until


def _measured(cases: Sequence[tuple[int, float]], of: Callable[[list[float]], float]) -> Measured:
    people = len({mentee for mentee, _value in cases})
    if people < SMALLEST:
        return NOTHING
    return Measured(of([value for _mentee, value in cases]), len(cases), people)


def _pulses(period: Period) -> Measured:
    """Over all answers, whoever gave them; the people who gave them must be five."""
    rows = Pulse.objects.filter(answered__isnull=False, value__isnull=False)
    if period.begins is not None:
        rows = rows.filter(answered__gte=period.begins)
    found = rows.aggregate(mean=Avg("value"), cases=Count("pk"), people=Count("person", distinct=True))
    if found["people"] < SMALLEST:
        return NOTHING
    return Measured(float(found["mean"]), found["cases"], found["people"])
