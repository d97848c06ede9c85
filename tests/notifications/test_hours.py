"""When mail may go, by the clock on the wall, on the days on which clocks change too."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.hours import EVERY_DAY, Hours, hours_of, next_day, next_open, this_day
from tests.people.factories import UserFactory

ZURICH, TOKYO, NEW_YORK = "Europe/Zurich", "Asia/Tokyo", "America/New_York"
WEEK = "12345"
YEARS = (datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-01-01"))


def hours(zone: str = ZURICH, start: str = "19:00", end: str = "07:00", days: str = EVERY_DAY) -> Hours:
    return Hours(ZoneInfo(zone), time.fromisoformat(start), time.fromisoformat(end), days)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "wish", "expected"),
    [
        ("2026-11-24T09:00", hours(), "2026-11-24T09:00"),
        ("2026-11-24T17:59", hours(), "2026-11-24T17:59"),
        ("2026-11-24T18:00", hours(), "2026-11-25T06:00"),
        ("2026-11-24T23:30", hours(), "2026-11-25T06:00"),
        ("2026-11-25T05:59", hours(), "2026-11-25T06:00"),
        ("2026-11-24T09:00", hours(TOKYO), "2026-11-24T09:00"),
        ("2026-11-24T10:00", hours(TOKYO), "2026-11-24T22:00"),
        ("2026-11-24T12:30", hours(start="12:00", end="14:00"), "2026-11-24T13:00"),
        ("2026-11-24T23:00", hours(start="00:00", end="00:00"), "2026-11-24T23:00"),
        # Friday evening to Monday morning, and a week that begins on Sunday
        ("2026-11-27T18:30", hours(days=WEEK), "2026-11-30T06:00"),
        ("2026-11-28T11:00", hours(days=WEEK), "2026-11-30T06:00"),
        ("2026-11-27T11:00", hours(days="71234"), "2026-11-29T06:00"),
        ("2026-11-28T11:00", hours(start="00:00", end="00:00", days=WEEK), "2026-11-29T23:00"),
    ],
)
def test_the_first_moment_that_is_open(now: str, wish: Hours, expected: str) -> None:
    assert next_open(utc(now), wish) == utc(expected)


@pytest.mark.parametrize(
    ("now", "wish", "expected"),
    [
        # clocks go back in Zurich on 25 October 2026: the night has an hour more, morning is still at seven
        ("2026-10-24T18:00", hours(), "2026-10-25T06:00"),
        ("2026-10-23T18:00", hours(), "2026-10-24T05:00"),
        # and forward on 28 March 2027
        ("2027-03-27T19:00", hours(), "2027-03-28T05:00"),
        ("2027-03-26T19:00", hours(), "2027-03-27T06:00"),
        # in New York a week later, and two weeks earlier
        ("2026-11-01T01:00", hours(NEW_YORK), "2026-11-01T12:00"),
        ("2027-03-14T01:00", hours(NEW_YORK), "2027-03-14T11:00"),
        # quiet until half past two, an hour that comes twice: the first one, and seen from within the second, that one
        ("2026-10-24T23:00", hours(end="02:30"), "2026-10-25T00:30"),
        ("2026-10-25T01:10", hours(end="02:30"), "2026-10-25T01:30"),
        # quiet until half past two, which is left out: at half past three
        ("2027-03-28T00:50", hours(end="02:30"), "2027-03-28T01:30"),
    ],
)
def test_when_clocks_change(now: str, wish: Hours, expected: str) -> None:
    assert next_open(utc(now), wish) == utc(expected)


@given(
    now=st.datetimes(*YEARS),
    zone=st.sampled_from(sorted(available_timezones())),
    start=st.times(),
    end=st.times(),
    days=st.sets(st.sampled_from(EVERY_DAY), min_size=1).map("".join),
)
def test_wherever_and_whenever_the_moment_found_is_open_and_not_past(
    now: datetime, zone: str, start: time, end: time, days: str
) -> None:
    wish, asked = Hours(ZoneInfo(zone), start, end, days), now.replace(tzinfo=UTC)
    found = next_open(asked, wish)
    assert found >= asked
    assert next_open(found, wish) == found
    assert str(found.astimezone(wish.zone).isoweekday()) in days


def test_a_day_is_that_of_the_wall() -> None:
    zone = ZoneInfo(TOKYO)
    assert this_day(utc("2026-11-24T16:00"), zone) == utc("2026-11-24T15:00")
    assert next_day(utc("2026-11-24T16:00"), zone) == utc("2026-11-25T15:00")
    assert next_day(utc("2026-10-24T22:30"), ZoneInfo(ZURICH)) == utc("2026-10-25T23:00")


@pytest.mark.django_db
def test_hours_come_from_the_profile() -> None:
    person = UserFactory(profile={"time_zone": TOKYO, "working_days": "1234"})
    wish = {"quiet_from": time(20), "quiet_to": time(6)}
    assert hours_of(person, **wish, quiet_free_days=True) == Hours(ZoneInfo(TOKYO), time(20), time(6), "1234")
    assert hours_of(person, **wish, quiet_free_days=False).working_days == EVERY_DAY
