"""Working time that two people share in a week, by the rules of their zones on that day.

A week of minutes in UTC, seven times 1440, wraps round: who works on Monday in Auckland shares it with Sunday elsewhere.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mentoring.matching.data import Person

DAY, WEEK = 1440, 7 * 1440
Spans = tuple[tuple[int, int], ...]


def shared_minutes(one: Person, other: Person, on: date) -> list[int]:
    """The lengths of all stretches of the week in which both work."""
    mine, theirs = _spans_of(one, on), _spans_of(other, on)
    lengths = (min(a[1], b[1]) - max(a[0], b[0]) for a in mine for b in theirs)
    return [length for length in lengths if length > 0]


def longest_shared(one: Person, other: Person, on: date) -> int:
    """Minutes of the best day."""
    return max(shared_minutes(one, other, on), default=0)


def weekly_shared(one: Person, other: Person, on: date) -> int:
    """Minutes of the whole week."""
    return sum(shared_minutes(one, other, on))


def _spans_of(person: Person, on: date) -> Spans:
    return _spans(person.zone, person.days, person.start, person.until, on - timedelta(days=on.weekday()))


@lru_cache(maxsize=4096)
def _spans(zone: str, days: str, start: int, until: int, monday: date) -> Spans:
    return tuple(
        piece
        for day in days
        for piece in _wrapped(*_span(zone, monday + timedelta(days=int(day) - 1), start, until, monday))
    )


def _span(zone: str, day: date, start: int, until: int, monday: date) -> tuple[int, int]:
    """One working day in minutes of UTC since Monday; a shift past midnight ends on the next day."""
    begins = _minutes(zone, day, start, monday)
    ends = _minutes(zone, day, until if until > start else until + DAY, monday)
    return begins, ends


def _minutes(zone: str, day: date, minute: int, monday: date) -> int:
    midnight = datetime.combine(day + timedelta(days=minute // DAY), time(), tzinfo=_zone(zone))
    moment = midnight.replace(hour=minute % DAY // 60, minute=minute % 60)
    base = datetime.combine(monday, time(), tzinfo=ZoneInfo("UTC"))
    return int((moment.astimezone(ZoneInfo("UTC")) - base).total_seconds() // 60)


def _wrapped(begins: int, ends: int) -> Iterator[tuple[int, int]]:
    """The span cut where the week ends, so that Sunday night meets Monday morning."""
    length, begins = ends - begins, begins % WEEK
    yield begins, min(begins + length, WEEK)
    if begins + length > WEEK:
        yield 0, begins + length - WEEK


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
