"""The levels and reasons of a pair's health in words, with the icon that stands beside each colour."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.health import Level, Reason, ReasonCode

LEVEL_WORDS: Mapping[Level, str | Promise] = {
    Level.RED: _("Needs you"),
    Level.AMBER: _("Keep an eye on it"),
    Level.GREEN: _("Doing well"),
}
LEVEL_TONES: Mapping[Level, str] = {Level.RED: "bad", Level.AMBER: "warn", Level.GREEN: "ok"}
LEVEL_ICONS: Mapping[Level, str] = {
    Level.RED: "circle-alert",
    Level.AMBER: "triangle-alert",
    Level.GREEN: "circle-check",
}
REASON_WORDS: Mapping[ReasonCode, str | Promise] = {
    ReasonCode.POOR_FIT: _("The fit was called poor."),
    ReasonCode.LOW_VALUE: _("A talk was worth %(number)d of 5."),
    ReasonCode.NO_FIRST_TALK: _("No talk held in the first %(number)d days."),
    ReasonCode.SILENT: _("No talk held for %(number)d days."),
    ReasonCode.MISSED: _("%(number)d talks missed in a row."),
    ReasonCode.NO_DATE: _("No talk booked for %(number)d days."),
    ReasonCode.NO_AGREEMENT: _("No agreement after %(number)d days."),
    ReasonCode.MIDDLING_VALUE: _("Worth %(number)d of 5."),
    ReasonCode.NO_ANSWER: _("%(number)d pulses unanswered."),
}


def reason_lines(reasons: Iterable[Reason]) -> list[str]:
    """Each reason as a sentence."""
    return [str(REASON_WORDS[reason.code]) % {"number": reason.number} for reason in reasons]


def as_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as a snapshot keeps them."""
    return [{"level": one.level.value, "code": one.code.value, "number": one.number} for one in reasons]


def from_json(rows: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """The reasons of a snapshot; codes that are gone are passed over."""
    return [
        Reason(Level(row["level"]), ReasonCode(row["code"]), int(row["number"]))
        for row in rows
        if row["code"] in set(ReasonCode)
    ]
