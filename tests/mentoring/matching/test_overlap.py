"""Working hours in common by the clocks of the day: both changes of both continents, half hours, the date line."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching.data import Giver, Person, Pool, Seeker
from mentoring.matching.overlap import longest_shared, shared_minutes, weekly_shared
from mentoring.matching.table import score
from tests.mentoring.matching.slow_clock import minutes_in_common

MONDAY = date(2026, 11, 2)
ZURICH, NEW_YORK, SYDNEY = "Europe/Zurich", "America/New_York", "Australia/Sydney"
SPRING = [
    (date(2026, 3, 2), 2),
    (date(2026, 3, 9), 3),
    (date(2026, 3, 23), 3),
    (date(2026, 3, 30), 2),
]
"""America goes forward on 8 March 2026, Europe on the 29th: for three weeks they share an hour more."""
AUTUMN = [(date(2026, 10, 19), 2), (date(2026, 10, 26), 3), (date(2026, 11, 2), 2)]
"""Europe goes back on 25 October, America on 1 November."""


@pytest.mark.parametrize(("on", "hours"), [*SPRING, *AUTUMN])
def test_zurich_and_new_york_on_both_sides_of_each_change(on: date, hours: int) -> None:
    one, other = Person(id=1, zone=ZURICH), Person(id=2, zone=NEW_YORK)
    for two in ((one, other), (other, one)):
        assert longest_shared(*two, on) == hours * 60
        assert weekly_shared(*two, on) == hours * 60 * 5


def test_the_week_counts_and_not_the_day_in_it() -> None:
    one, other = Person(id=1, zone=ZURICH), Person(id=2, zone=NEW_YORK)
    week = [weekly_shared(one, other, date(2026, 3, 9) + timedelta(days=day)) for day in range(7)]
    assert week == [3 * 60 * 5] * 7


def test_who_works_on_the_day_of_the_change_has_hours_of_both_clocks() -> None:
    """Until Saturday night two hours in common; on Sunday the 8th America has gone forward."""
    one, other = Person(id=1, zone=ZURICH, days="67"), Person(id=2, zone=NEW_YORK, days="67")
    assert sorted(shared_minutes(one, other, date(2026, 3, 2))) == [120, 180]
    assert sorted(shared_minutes(one, other, date(2026, 3, 23))) == [120, 180]


def test_a_night_shift_over_the_change_loses_the_hour_that_is_leapt_over() -> None:
    night = Person(id=1, zone=ZURICH, days="6", start=22 * 60, until=6 * 60)
    always = Person(id=2, zone="UTC", days="1234567", start=0, until=1439)
    before, change = (weekly_shared(night, always, on) for on in (date(2026, 3, 16), date(2026, 3, 23)))
    assert before - change == 60


@pytest.mark.parametrize(
    ("on", "hours"), [(date(2026, 3, 23), 2), (date(2026, 4, 6), 4), (date(2026, 10, 5), 3)]
)
def test_continents_that_change_in_opposite_directions(on: date, hours: int) -> None:
    early = Person(id=1, zone=ZURICH, start=6 * 60, until=14 * 60)
    late = Person(id=2, zone=SYDNEY, start=9 * 60, until=18 * 60)
    assert longest_shared(early, late, on) == hours * 60


@pytest.mark.parametrize(
    ("one", "other", "on", "minutes"),
    [
        ("Asia/Kolkata", "Asia/Dubai", MONDAY, 390),
        ("Asia/Kolkata", ZURICH, MONDAY, 210),
        ("Asia/Kolkata", ZURICH, date(2026, 6, 1), 270),
        ("Asia/Kathmandu", "Asia/Kolkata", MONDAY, 465),
        ("America/St_Johns", NEW_YORK, MONDAY, 390),
        ("America/St_Johns", "Europe/London", date(2026, 3, 16), 330),
        ("America/St_Johns", "Europe/London", date(2026, 3, 30), 270),
        ("Australia/Adelaide", "Asia/Tokyo", date(2026, 7, 6), 450),
        ("Australia/Adelaide", "Asia/Tokyo", date(2026, 12, 7), 390),
    ],
)
def test_half_hours_and_quarters(one: str, other: str, on: date, minutes: int) -> None:
    assert longest_shared(Person(id=1, zone=one), Person(id=2, zone=other), on) == minutes


def test_over_the_date_line_a_tuesday_meets_a_monday() -> None:
    auckland, honolulu = Person(id=1, zone="Pacific/Auckland"), Person(id=2, zone="Pacific/Honolulu")
    assert weekly_shared(auckland, honolulu, MONDAY) == 4 * 7 * 60
    kiritimati, pago = Person(id=3, zone="Pacific/Kiritimati"), Person(id=4, zone="Pacific/Pago_Pago")
    assert longest_shared(kiritimati, pago, MONDAY) == 7 * 60
    assert weekly_shared(kiritimati, pago, MONDAY) == 4 * 7 * 60


def test_sunday_night_meets_monday_morning_across_the_end_of_the_week() -> None:
    auckland = Person(id=1, zone="Pacific/Auckland", days="1")
    angeles = Person(id=2, zone="America/Los_Angeles", days="7", start=11 * 60, until=19 * 60)
    assert weekly_shared(auckland, angeles, MONDAY) > 0
    assert weekly_shared(auckland, angeles, MONDAY) == weekly_shared(angeles, auckland, MONDAY)


def test_the_change_of_the_clocks_reaches_the_filter() -> None:
    """Two hours are the least: Denver and Zurich have them in the three weeks of March alone."""
    zurich = Person(id=1, zone=ZURICH, start=9 * 60, until=18 * 60)
    denver = Person(id=2, zone="America/Denver", start=9 * 60, until=17 * 60)
    codes = [
        score(Pool((Seeker(zurich),), (Giver(denver),), on=on)).codes_of(1, 2)
        for on in (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 30))
    ]
    assert codes == [{"overlap"}, frozenset(), {"overlap"}]


people = st.builds(
    Person,
    id=st.integers(1, 2),
    zone=st.sampled_from(
        [ZURICH, NEW_YORK, SYDNEY, "Asia/Kathmandu", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Pago_Pago"]
    ),
    days=st.sampled_from(["12345", "71234", "6", "67"]),
    start=st.sampled_from([0, 360, 540, 570, 1320]),
    until=st.sampled_from([300, 480, 1020, 1050, 1380]),
)


@given(one=people, other=people, on=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_hours_are_those_of_a_clock_that_counts_every_quarter(
    one: Person, other: Person, on: date
) -> None:
    assert weekly_shared(one, other, on) == minutes_in_common(one, other, on)
