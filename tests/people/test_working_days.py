"""Working days: whatever week, zone and moment, what comes out is a day the person works on."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.models import Profile
from people.working_days import add_working_days, is_working_time, next_working_day, works_on

WEEKS = st.sets(st.sampled_from("1234567"), max_size=7).map(lambda days: "".join(sorted(days)))
ZONES = st.sampled_from(
    ["Europe/Amsterdam", "Asia/Kolkata", "Asia/Amman", "Pacific/Apia", "America/Sao_Paulo"]
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
MOMENTS = st.builds(lambda day, clock: datetime.combine(day, clock, tzinfo=UTC), DAYS, st.times())


@given(
    days=WEEKS,
    zone=ZONES,
    moment=MOMENTS,
    count=st.integers(0, 12),
)
def test_so_many_working_days_later(days: str, zone: str, moment: datetime, count: int) -> None:
    profile = Profile(working_days=days, time_zone=zone)
    later = add_working_days(profile, moment, count)
    assert works_on(profile, later.astimezone(profile.zone).date())
    first = next_working_day(profile, moment.astimezone(profile.zone).date())
    last = later.astimezone(profile.zone).date()
    between = [first + timedelta(days=gone) for gone in range(1, (last - first).days + 1)]
    assert sum(works_on(profile, day) for day in between) == count


@given(days=WEEKS, day=DAYS)
def test_the_next_working_day_is_the_first(days: str, day: date) -> None:
    profile = Profile(working_days=days)
    found = next_working_day(profile, day)
    assert found >= day
    assert works_on(profile, found)
    assert not any(works_on(profile, day + timedelta(days=gone)) for gone in range((found - day).days))


@pytest.mark.parametrize(
    ("days", "moment", "count", "expected"),
    [
        ("12345", "2026-11-27T10:00", 1, "2026-11-30T10:00"),
        ("12345", "2026-11-28T10:00", 1, "2026-12-01T09:00"),
        ("71234", "2026-11-26T10:00", 1, "2026-11-29T10:00"),
        ("12345", "2026-03-27T10:00", 1, "2026-03-30T10:00"),
        ("12345", "2026-10-23T10:00", 1, "2026-10-26T10:00"),
    ],
)
def test_the_clock_stays_over_weekends_and_both_changes(
    days: str, moment: str, count: int, expected: str
) -> None:
    profile = Profile(working_days=days, time_zone="Europe/Amsterdam")
    begun = datetime.fromisoformat(moment).replace(tzinfo=profile.zone)
    later = add_working_days(profile, begun, count).astimezone(profile.zone)
    assert later.replace(tzinfo=None).isoformat(timespec="minutes") == expected


def test_working_time_ends_when_the_day_does() -> None:
    profile = Profile(time_zone="Asia/Tokyo", working_from=time(9), working_until=time(17))
    assert is_working_time(profile, datetime(2026, 11, 27, 0, 0, tzinfo=UTC))
    assert not is_working_time(profile, datetime(2026, 11, 27, 8, 0, tzinfo=UTC))
    assert not is_working_time(profile, datetime(2026, 11, 28, 1, 0, tzinfo=UTC))
