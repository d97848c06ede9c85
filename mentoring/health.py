"""How a pair is doing: pure rules, no database. A level never stands without its reasons.

Red where one of the two says that it does not fit or was of little use, or where the pair does not meet; amber where it
is about to be forgotten; else green. While a mentorship is paused or not begun, nothing is held against it. Reasons are
codes with a number, so that they can be stored, counted and said in any language; none carries what somebody wrote.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FIRST_TALK_DAYS = 30
SILENT_DAYS = 45
MISSED_IN_A_ROW = 2
NO_DATE_DAYS = 14
AGREEMENT_DAYS = 14
LOW_VALUE, MIDDLING_VALUE = 2, 3
UNANSWERED_PULSES = 2
POOR = "poor"


class Level(StrEnum):
    """Three states; words and an icon always stand beside the colour."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class ReasonCode(StrEnum):
    """Why a pair is not green."""

    POOR_FIT = "poor_fit"
    LOW_VALUE = "low_value"
    NO_FIRST_TALK = "no_first_talk"
    SILENT = "silent"
    MISSED = "missed"
    NO_DATE = "no_date"
    NO_AGREEMENT = "no_agreement"
    MIDDLING_VALUE = "middling_value"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest pulse of one of the two; `value` is None where they gave none."""

    fit: str
    value: int | None


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What the rules look at. `next_talk` is the next booked one, `missed` how many were missed since the last held."""

    today: date
    began: date
    running: bool = True
    last_held: date | None = None
    last_booked: date | None = None
    next_talk: date | None = None
    missed: int = 0
    signed: bool = False
    answers: tuple[Answer, ...] = ()
    unanswered: int = 0

    @property
    def term_day(self) -> int:
        """Days since the mentorship began."""
        return (self.today - self.began).days


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a rule found: days, talks or points, whichever its code counts."""

    level: Level
    code: ReasonCode
    number: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """A level and everything that led to it, the gravest first."""

    level: Level
    reasons: tuple[Reason, ...]


Rule = Callable[[PairFacts], Reason | None]


def health_of(pair: PairFacts) -> Health:
    """The level of a pair and why."""
    reasons = tuple(_found(pair)) if pair.running else ()
    level = reasons[0].level if reasons else Level.GREEN
    return Health(level, reasons)


def _found(pair: PairFacts) -> Iterator[Reason]:
    for rule in RULES:
        reason = rule(pair)
        if reason is not None:
            yield reason


def _poor_fit(pair: PairFacts) -> Reason | None:
    poor = sum(answer.fit == POOR for answer in pair.answers)
    return Reason(Level.RED, ReasonCode.POOR_FIT, poor) if poor else None


def _low_value(pair: PairFacts) -> Reason | None:
    lowest = _lowest(pair)
    return Reason(Level.RED, ReasonCode.LOW_VALUE, lowest) if lowest and lowest <= LOW_VALUE else None


def _no_first_talk(pair: PairFacts) -> Reason | None:
    late = pair.last_held is None and pair.term_day >= FIRST_TALK_DAYS
    return Reason(Level.RED, ReasonCode.NO_FIRST_TALK, pair.term_day) if late else None


def _silent(pair: PairFacts) -> Reason | None:
    days = (pair.today - pair.last_held).days if pair.last_held else 0
    return Reason(Level.RED, ReasonCode.SILENT, days) if days >= SILENT_DAYS else None


def _missed(pair: PairFacts) -> Reason | None:
    return Reason(Level.RED, ReasonCode.MISSED, pair.missed) if pair.missed >= MISSED_IN_A_ROW else None


def _no_date(pair: PairFacts) -> Reason | None:
    """Nothing ahead, and a fortnight since the last talk or the last day on which one was to be."""
    last = max(day for day in (pair.began, pair.last_held, pair.last_booked) if day is not None)
    days = (pair.today - last).days
    late = pair.next_talk is None and days >= NO_DATE_DAYS
    return Reason(Level.AMBER, ReasonCode.NO_DATE, days) if late else None


def _no_agreement(pair: PairFacts) -> Reason | None:
    late = not pair.signed and pair.term_day >= AGREEMENT_DAYS
    return Reason(Level.AMBER, ReasonCode.NO_AGREEMENT, pair.term_day) if late else None


def _middling_value(pair: PairFacts) -> Reason | None:
    middling = _lowest(pair) == MIDDLING_VALUE
    return Reason(Level.AMBER, ReasonCode.MIDDLING_VALUE, MIDDLING_VALUE) if middling else None


def _no_answer(pair: PairFacts) -> Reason | None:
    late = pair.unanswered >= UNANSWERED_PULSES
    return Reason(Level.AMBER, ReasonCode.NO_ANSWER, pair.unanswered) if late else None


def _lowest(pair: PairFacts) -> int | None:
    return min((answer.value for answer in pair.answers if answer.value is not None), default=None)


RULES: tuple[Rule, ...] = (
    _poor_fit,
    _low_value,
    _no_first_talk,
    _silent,
    _missed,
    _no_date,
    _no_agreement,
    _middling_value,
    _no_answer,
)
