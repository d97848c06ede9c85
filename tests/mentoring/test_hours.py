"""Times of talks by two clocks: what is refused, what is only warned of."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mentoring.hours import NoSuchTime, comes_twice, local_times, moment_of, warnings_about
from people.models import Profile, User

ZURICH = ZoneInfo("Europe/Zurich")
at = datetime.fromisoformat
NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def profile(name: str, zone: str, days: str = "12345") -> Profile:
    """A profile that no database knows."""
    return Profile(
        user=User(name=name, email=f"{name}@example.com"),
        time_zone=zone,
        working_days=days,
        working_from=time(9),
        working_until=time(17),
    )


PAIR = [profile("Ilse", "Europe/Zurich"), profile("Arjun", "Asia/Kolkata")]


def test_an_hour_that_the_clocks_leap_over_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        moment_of(at("2026-03-29T02:30"), ZURICH)


def test_an_hour_that_comes_twice_is_the_first() -> None:
    clock = at("2026-10-25T02:30")
    assert comes_twice(clock, ZURICH)
    assert moment_of(clock, ZURICH) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert not comes_twice(at("2026-10-25T14:00"), ZURICH)


@pytest.mark.parametrize(("day", "utc"), [(28, 13), (29, 12), (30, 12)])
def test_the_same_clock_on_both_sides_of_the_change(day: int, utc: int) -> None:
    assert moment_of(at(f"2026-03-{day}T14:00"), ZURICH) == datetime(2026, 3, day, utc, 0, tzinfo=UTC)


def test_both_see_their_own_clock_also_across_half_hours() -> None:
    zurich, kolkata = local_times(PAIR, datetime(2026, 3, 30, 8, 0, tzinfo=UTC), 25)
    assert (zurich.when.strftime("%H:%M"), kolkata.when.strftime("%H:%M")) == ("10:00", "13:30")
    assert zurich.at_work
    assert kolkata.at_work


def test_a_good_moment_raises_no_warning() -> None:
    assert list(warnings_about(PAIR, datetime(2026, 3, 30, 8, 0, tzinfo=UTC), 25, now=NOW)) == []


def test_an_hour_that_comes_twice_is_said_to_be_the_first() -> None:
    start, before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)
    said = list(warnings_about(PAIR, start, 25, now=before))
    assert sum("show this time twice that night; the first is meant" in warning for warning in said) == 1


def test_a_past_moment_is_warned_of() -> None:
    (warning,) = warnings_about(PAIR, datetime(2026, 3, 20, 9, 0, tzinfo=UTC), 25, now=NOW)
    assert warning == "This time has passed."


def test_who_does_not_work_then_is_named_with_their_clock() -> None:
    (warning,) = warnings_about(PAIR, datetime(2026, 3, 30, 13, 0, tzinfo=UTC), 25, now=NOW)
    assert warning == "Arjun does not work then: it is Mon 18:30 there."


def test_a_talk_that_ends_after_work_is_outside() -> None:
    late = datetime(2026, 3, 30, 11, 20, tzinfo=UTC)
    assert list(warnings_about(PAIR, late, 25, now=NOW)) == [
        "Arjun does not work then: it is Mon 16:50 there."
    ]
    assert list(warnings_about(PAIR, late, 10, now=NOW)) == []


def test_weeks_that_begin_on_sunday_are_known() -> None:
    pair = [profile("Samir", "Africa/Cairo", "71234")]
    sunday, friday = (datetime(2026, 4, day, 9, 0, tzinfo=UTC) for day in (12, 10))
    assert list(warnings_about(pair, sunday, 25, now=NOW)) == []
    assert len(list(warnings_about(pair, friday, 25, now=NOW))) == 1
