"""Days and hours that a person works. Public holidays are left out.

A date is a day by the person's own clock; a moment is an aware datetime. Somebody who ticked no day at all works on all
seven, so that no due date is put off for ever.
"""

from datetime import UTC, date, datetime, timedelta

from people.models import Profile

EVERY_DAY = "1234567"


def works_on(profile: Profile, day: date) -> bool:
    """Whether the day belongs to the person's working week."""
    return str(day.isoweekday()) in (profile.working_days or EVERY_DAY)


def next_working_day(profile: Profile, day: date) -> date:
    """The day itself where the person works on it, else the next on which they do."""
    while not works_on(profile, day):
        day += timedelta(days=1)
    return day


def add_working_days(profile: Profile, moment: datetime, days: int) -> datetime:
    """The same time of the clock, `days` working days later by the person's own calendar; in UTC.

    A moment on a day off counts from the next working day, at the hour at which the person begins.
    """
    local = moment.astimezone(profile.zone)
    day, clock = local.date(), local.time()
    if not works_on(profile, day):
        day, clock = next_working_day(profile, day), profile.working_from
    for _step in range(days):
        day = next_working_day(profile, day + timedelta(days=1))
    return datetime.combine(day, clock, tzinfo=profile.zone).astimezone(UTC)


def is_working_time(profile: Profile, moment: datetime) -> bool:
    """Whether the person works at that moment."""
    local = moment.astimezone(profile.zone)
    return works_on(profile, local.date()) and profile.working_from <= local.time() < profile.working_until
