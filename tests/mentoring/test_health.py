"""The rules of a pair's health, one table: what is known, which level, for which reasons."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.health import Answer, Health, Level, PairFacts, ReasonCode, health_of

TODAY = date(2026, 6, 15)
RED, AMBER, GREEN = Level.RED, Level.AMBER, Level.GREEN


def days_ago(days: int) -> date:
    """A day before the day of the table; a negative number lies ahead."""
    return TODAY - timedelta(days=days)


WELL = PairFacts(
    today=TODAY,
    began=days_ago(20),
    last_held=days_ago(6),
    last_booked=days_ago(6),
    next_talk=days_ago(-8),
    signed=True,
    answers=(Answer("good", 4), Answer("good", 5)),
)
TABLE = [
    ("all is well", {}, GREEN, []),
    ("one finds the fit poor", {"answers": (Answer("poor", 4),)}, RED, [ReasonCode.POOR_FIT]),
    ("an unsure fit is no reason", {"answers": (Answer("unsure", 4),)}, GREEN, []),
    ("value 2", {"answers": (Answer("good", 2),)}, RED, [ReasonCode.LOW_VALUE]),
    ("value 1", {"answers": (Answer("good", 5), Answer("good", 1))}, RED, [ReasonCode.LOW_VALUE]),
    ("value 3", {"answers": (Answer("good", 3), Answer("good", 5))}, AMBER, [ReasonCode.MIDDLING_VALUE]),
    ("no value given", {"answers": (Answer("good", None),)}, GREEN, []),
    (
        "day 29 without a talk",
        {"began": days_ago(29), "last_held": None, "next_talk": days_ago(-1)},
        GREEN,
        [],
    ),
    (
        "day 30 without a talk",
        {"began": days_ago(30), "last_held": None, "next_talk": days_ago(-1)},
        RED,
        [ReasonCode.NO_FIRST_TALK],
    ),
    ("44 days of silence", {"began": days_ago(90), "last_held": days_ago(44)}, GREEN, []),
    ("45 days of silence", {"began": days_ago(90), "last_held": days_ago(45)}, RED, [ReasonCode.SILENT]),
    ("one missed", {"missed": 1}, GREEN, []),
    ("two missed in a row", {"missed": 2}, RED, [ReasonCode.MISSED]),
    (
        "13 days without a date",
        {"next_talk": None, "last_held": days_ago(13), "last_booked": days_ago(13)},
        GREEN,
        [],
    ),
    (
        "14 days without a date",
        {"next_talk": None, "last_held": days_ago(14), "last_booked": days_ago(14)},
        AMBER,
        [ReasonCode.NO_DATE],
    ),
    (
        "a missed talk counts as a date",
        {"next_talk": None, "last_held": days_ago(19), "last_booked": days_ago(3), "missed": 1},
        GREEN,
        [],
    ),
    ("day 13 without an agreement", {"signed": False, "began": days_ago(13)}, GREEN, []),
    (
        "day 14 without an agreement",
        {"signed": False, "began": days_ago(14)},
        AMBER,
        [ReasonCode.NO_AGREEMENT],
    ),
    ("one pulse unanswered", {"unanswered": 1}, GREEN, []),
    ("two pulses unanswered", {"unanswered": 2}, AMBER, [ReasonCode.NO_ANSWER]),
    (
        "all reasons, the gravest first",
        {"answers": (Answer("poor", 1),), "signed": False, "missed": 3, "unanswered": 2},
        RED,
        [
            ReasonCode.POOR_FIT,
            ReasonCode.LOW_VALUE,
            ReasonCode.MISSED,
            ReasonCode.NO_AGREEMENT,
            ReasonCode.NO_ANSWER,
        ],
    ),
    ("paused", {"running": False, "answers": (Answer("poor", 1),), "signed": False}, GREEN, []),
]


@pytest.mark.parametrize(
    ("changes", "level", "codes"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_each_row_of_the_table(changes: dict[str, Any], level: Level, codes: list[ReasonCode]) -> None:
    found = health_of(replace(WELL, **changes))
    assert (found.level, [reason.code for reason in found.reasons]) == (level, codes)


def test_reasons_carry_their_number() -> None:
    found = health_of(replace(WELL, next_talk=None, last_held=days_ago(17), last_booked=days_ago(17)))
    assert [reason.number for reason in found.reasons] == [17]


def test_what_is_not_green_has_a_reason_and_the_first_gives_the_level() -> None:
    for _name, changes, _level, _codes in TABLE:
        found: Health = health_of(replace(WELL, **changes))
        assert (found.level is GREEN) == (not found.reasons)
        levels = [reason.level for reason in found.reasons]
        assert levels == sorted(levels, key=[RED, AMBER].index)
