"""When a play is due, with the clock held still."""

from datetime import date

import pytest
import time_machine
from django.template.loader import render_to_string

from playbook.review import REVIEW_MONTHS, RiskTier, Trust, months_later, next_review, trust_of

DAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
        (date(2025, 12, 31), 24, date(2027, 12, 31)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@pytest.mark.parametrize(("tier", "months"), [("high", 6), ("normal", 12), ("stable", 24)])
def test_the_tier_decides_how_often(tier: str, months: int) -> None:
    assert REVIEW_MONTHS[RiskTier(tier)] == months
    assert next_review(DAY, tier) == months_later(DAY, months)


def test_a_play_nobody_verified_has_no_next_review() -> None:
    assert next_review(None, RiskTier.HIGH) is None
    assert trust_of(None, RiskTier.HIGH) is Trust.NOT_VERIFIED


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-09-14", Trust.VERIFIED), ("2026-09-15", Trust.REVIEW_DUE), ("2027-01-01", Trust.REVIEW_DUE)],
)
def test_a_play_falls_due_on_the_day_of_review(today: str, expected: Trust) -> None:
    with time_machine.travel(f"{today}T12:00:00+00:00", tick=False):
        assert trust_of(DAY, RiskTier.HIGH) is expected


@pytest.mark.parametrize(
    ("trust", "words", "icon"),
    [
        (Trust.VERIFIED, "Verified", "#badge-check"),
        (Trust.REVIEW_DUE, "Review due", "#clock"),
        (Trust.NOT_VERIFIED, "Not yet verified", "#circle-dot"),
    ],
)
def test_each_state_has_words_and_an_icon(trust: Trust, words: str, icon: str) -> None:
    html = render_to_string("playbook/trust.html", {"trust": trust, "verified": DAY})
    assert words in html
    assert icon in html
