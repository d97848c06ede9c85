"""Pairs that have no date: for how many days, and when the two could meet in hours in which both work."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from mentoring.choices import SessionState
from mentoring.days import current_day
from mentoring.health import ReasonCode, health_of
from mentoring.models import Mentorship, Session
from mentoring.models.sessions import MINUTES
from mentoring.services.take_snapshots import facts_of
from people.api import is_working_time
from people.models import Profile

HALF_HOUR = timedelta(minutes=30)
LOOKED_AHEAD = timedelta(days=14)
TIMES = 3


def days_without_date(pairs: Sequence[Mentorship]) -> dict[int, int]:
    """Of the pairs that had none for a fortnight: days since the last one. Three queries for all."""
    found = zip(pairs, facts_of(pairs, current_day()), strict=True)
    reasons = {pair.pk: health_of(facts).reasons for pair, facts in found}
    return {
        pk: reason.number
        for pk, several in reasons.items()
        for reason in several
        if reason.code is ReasonCode.NO_DATE
    }


def last_talk(pair: Mentorship) -> Session | None:
    """The last talk that was held."""
    return pair.sessions.filter(state=SessionState.HELD).order_by("start").last()


def possible_times(profiles: Sequence[Profile], now: datetime) -> list[datetime]:
    """Up to three times within a fortnight, on different days, at which all of them work for the length of a talk."""
    found: list[datetime] = []
    for moment in _half_hours(now):
        if found and moment.date() == found[-1].date():
            continue
        last = moment + timedelta(minutes=MINUTES - 1)
        if all(is_working_time(profile, at) for profile in profiles for at in (moment, last)):
            found.append(moment)
        if len(found) == TIMES:
            break
    return found


def _half_hours(now: datetime) -> Iterator[datetime]:
    """From tomorrow on, by UTC, which is enough for hours and days."""
    moment = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    end = moment + LOOKED_AHEAD
    while moment < end:
        yield moment
        moment += HALF_HOUR
