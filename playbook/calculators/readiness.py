"""Partnering readiness check (T20): seven conditions, a score from 0 to 100, and the one that holds a unit back.

Source: content/tools/T20.yaml. A single 0 means "not ready", whatever the score.
"""

from dataclasses import astuple, dataclass, fields
from enum import StrEnum

from playbook.calculators.base import Calculator, Case, number
from playbook.calculators.definition import Definition, Values

MOST_POINTS = 28
POINTS_TO_READY = 21
PARTLY_FROM = 50
READY_FROM = 75
WEAK = 1
UNEVEN = 3
STARTING_SETTING = 2


class Readiness(StrEnum):
    """The result in words."""

    NOT_READY = "not ready"
    EMERGING = "emerging"
    PARTLY = "partly"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class ReadinessInputs:
    """Seven items from 0 to 4."""

    strategy: float
    planning: float
    executives: float
    process: float
    infrastructure: float
    function: float
    culture: float

    @property
    def items(self) -> tuple[float, ...]:
        """All seven in order."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class ReadinessResult:
    """Points, score and result."""

    total: float
    score: int
    zeros: int
    result: Readiness
    lowest: float
    points_to_ready: float


def result_of(score: int, zeros: int) -> Readiness:
    """The words of a score."""
    if zeros > 0:
        return Readiness.NOT_READY
    if score < PARTLY_FROM:
        return Readiness.EMERGING
    return Readiness.PARTLY if score < READY_FROM else Readiness.READY


def readiness(inputs: ReadinessInputs) -> ReadinessResult:
    """Sum, score, and what is missing."""
    total = sum(inputs.items)
    score, zeros = round(100 * total / MOST_POINTS), inputs.items.count(0)
    missing = max(0, POINTS_TO_READY - total)
    return ReadinessResult(total, score, zeros, result_of(score, zeros), min(inputs.items), missing)


def _read(values: Values, definition: Definition) -> ReadinessInputs:
    return ReadinessInputs(**{entry.name: number(values[entry.name]) for entry in fields(ReadinessInputs)})


ReadinessCase = Case[ReadinessInputs, ReadinessResult]

READINESS = Calculator(
    code="T20",
    read=_read,
    compute=readiness,
    headline=("result", "score", "points_to_ready"),
    scores=frozenset(entry.name for entry in fields(ReadinessInputs)),
    default_decimals=0,
    tones={
        Readiness.NOT_READY: "bad",
        Readiness.EMERGING: "warn",
        Readiness.PARTLY: "warn",
        Readiness.READY: "ok",
    },
    rules={
        "any_not_whole(strategy, planning, executives, process, infrastructure, function, culture)": lambda case: (
            any(item != int(item) for item in case.inputs.items)
        ),
        "zeros > 0": lambda case: case.result.zeros > 0,
        "strategy <= 1": lambda case: case.inputs.strategy <= WEAK,
        "planning <= 1": lambda case: case.inputs.planning <= WEAK,
        "executives <= 1": lambda case: case.inputs.executives <= WEAK,
        "process <= 1": lambda case: case.inputs.process <= WEAK,
        "infrastructure <= 1": lambda case: case.inputs.infrastructure <= WEAK,
        "function <= 1": lambda case: case.inputs.function <= WEAK,
        "culture <= 1": lambda case: case.inputs.culture <= WEAK,
        "max(strategy, planning, executives, process, infrastructure, function, culture) - lowest >= 3": lambda case: (
            max(case.inputs.items) - case.result.lowest >= UNEVEN
        ),
        "[strategy, planning, executives, process, infrastructure, function, culture] == [2, 2, 2, 2, 2, 2, 2]": (
            lambda case: set(case.inputs.items) == {STARTING_SETTING}
        ),
        "score >= 75 and zeros == 0": lambda case: case.result.score >= READY_FROM and case.result.zeros == 0,
    },
)
