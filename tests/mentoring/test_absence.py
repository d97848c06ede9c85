"""Absences with both ends, with one, with none."""

from datetime import date

import pytest

from mentoring.absence import is_away

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 13)
BEFORE, AFTER = date(2026, 11, 1), date(2026, 11, 14)


@pytest.mark.parametrize(
    ("first", "last", "away"),
    [
        (None, None, ()),
        (FIRST, LAST, (FIRST, LAST)),
        (FIRST, None, (FIRST, LAST, AFTER)),
        (None, LAST, (BEFORE, FIRST, LAST)),
        (LAST, FIRST, ()),
    ],
)
def test_which_days_lie_in_an_absence(first: date | None, last: date | None, away: tuple[date, ...]) -> None:
    assert tuple(day for day in (BEFORE, FIRST, LAST, AFTER) if is_away(first, last, day)) == away
