"""When a talk is, by the clocks of both: reading a local time, and what speaks against a moment.

Warnings never forbid: two people may agree on a Sunday evening. What cannot be is refused: an hour that the clocks leap
over. An hour that comes twice is the first of the two, and is said to be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.api import is_working_time
from people.models import Profile


class NoSuchTime(ValueError):
    """The clocks leap over this hour."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A moment by one person's clock."""

    name: str
    when: datetime
    zone: str
    at_work: bool


def moment_of(clock: datetime, zone: ZoneInfo) -> datetime:
    """A time as somebody typed it, in UTC; raises `NoSuchTime`."""
    there = clock.replace(tzinfo=zone, fold=0)
    moment = there.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != clock.replace(tzinfo=None):
        raise NoSuchTime
    return moment


def comes_twice(clock: datetime, zone: tzinfo | None) -> bool:
    """Whether the clocks show this time twice that night."""
    first, second = (clock.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second


def local_times(profiles: Iterable[Profile], start: datetime, minutes: int) -> list[LocalTime]:
    """The start by everybody's clock. Profiles come with their user."""
    return [
        LocalTime(
            profile.user.name,
            start.astimezone(profile.zone),
            profile.time_zone,
            _works(profile, start, minutes),
        )
        for profile in profiles
    ]


def warnings_about(
    profiles: Iterable[Profile], start: datetime, minutes: int, *, now: datetime
) -> Iterator[str]:
    """What speaks against a moment, in whole sentences."""
    if start < now:
        yield _("This time has passed.")
    for local in local_times(profiles, start, minutes):
        if comes_twice(local.when.replace(tzinfo=None), local.when.tzinfo):
            yield _("The clocks of %(name)s show this time twice that night; the first is meant.") % {
                "name": local.name
            }
        if not local.at_work:
            yield _("%(name)s does not work then: it is %(time)s there.") % {
                "name": local.name,
                "time": date_format(local.when, "D H:i"),
            }


def _works(profile: Profile, start: datetime, minutes: int) -> bool:
    """Whether the first and the last minute of a talk lie in working time."""
    last = start + timedelta(minutes=max(minutes - 1, 0))
    return is_working_time(profile, start) and is_working_time(profile, last)
