"""Counts the working quarters of an hour that two people share in a week, one by one: an oracle for the overlap."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentoring.matching.data import Person

QUARTER, DAY = 15, 1440
WEEK = 7 * DAY


def minutes_in_common(one: Person, other: Person, on: date) -> int:
    """Of the week of `on`; what lies beyond its end counts at its beginning, since every week is like this one."""
    return QUARTER * len(_quarters(one, on) & _quarters(other, on))


def _quarters(person: Person, on: date) -> set[int]:
    monday = on - timedelta(days=on.weekday())
    base = datetime.combine(monday, time(), UTC)
    worked: set[int] = set()
    for day in person.days:
        first = monday + timedelta(days=int(day) - 1)
        last = first if person.until > person.start else first + timedelta(days=1)
        moment, end = _utc(person, first, person.start), _utc(person, last, person.until)
        while moment < end:
            worked.add(int((moment - base).total_seconds() // 60) % WEEK // QUARTER)
            moment += timedelta(minutes=QUARTER)
    return worked


def _utc(person: Person, day: date, minute: int) -> datetime:
    clock = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(person.zone))
    return clock.astimezone(UTC)
