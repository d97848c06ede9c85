"""When mail may go: not in somebody's quiet hours and not on their free days, by the clock on their wall.

All reckoning is done on wall time and turned into UTC last, so that 07:00 is 07:00 on both days on which clocks change.
An hour that a change leaves out is taken as the hour after it, one that comes twice as the first that is still ahead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from people.api import zone_of
from people.models import User

DAYS_LOOKED_AT = 16
EVERY_DAY = "1234567"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """One person's hours. Equal ends mean no quiet hours; `working_days` holds 1 for Monday to 7 for Sunday."""

    zone: ZoneInfo
    quiet_from: time
    quiet_to: time
    working_days: str = EVERY_DAY


def hours_of(person: User, *, quiet_from: time, quiet_to: time, quiet_free_days: bool) -> Hours:
    """The hours of a person with a profile; one without works every day, in UTC."""
    days: str = getattr(getattr(person, "profile", None), "working_days", "") if quiet_free_days else ""
    return Hours(zone_of(person), quiet_from, quiet_to, days or EVERY_DAY)


def next_open(now: datetime, hours: Hours) -> datetime:
    """The first moment from `now` on at which mail may go. `now` itself where it may go now."""
    moment = now
    for _step in range(2 * DAYS_LOOKED_AT):
        local = moment.astimezone(hours.zone)
        if str(local.isoweekday()) not in hours.working_days:
            moment = next_day(moment, hours.zone)
        elif _is_quiet(local.time(), hours):
            moment = _end_of_quiet(moment, hours)
        else:
            return moment
    return moment


def next_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Midnight after `now` on the wall."""
    return _on_the_wall(now.astimezone(zone).date() + DAY, time(0), zone, after=now)


def this_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Midnight before `now` on the wall: the beginning of the day that the limit of mails counts."""
    return next(_moments(now.astimezone(zone).date(), time(0), zone))


def _is_quiet(wall: time, hours: Hours) -> bool:
    if hours.quiet_from <= hours.quiet_to:
        return hours.quiet_from <= wall < hours.quiet_to
    return wall >= hours.quiet_from or wall < hours.quiet_to


def _end_of_quiet(now: datetime, hours: Hours) -> datetime:
    local = now.astimezone(hours.zone)
    over_night = hours.quiet_from > hours.quiet_to and local.time() >= hours.quiet_from
    day = local.date() + DAY if over_night else local.date()
    return _on_the_wall(day, hours.quiet_to, hours.zone, after=now)


def _on_the_wall(day: date, clock: time, zone: ZoneInfo, *, after: datetime) -> datetime:
    """A time on the wall of a day as UTC: of an hour that comes twice, the first one after `after`."""
    return next(
        (moment for moment in _moments(day, clock, zone) if moment > after), after + timedelta(hours=1)
    )


def _moments(day: date, clock: time, zone: ZoneInfo) -> Iterator[datetime]:
    for fold in (0, 1):
        yield datetime.combine(day, clock, tzinfo=zone).replace(fold=fold).astimezone(UTC)
