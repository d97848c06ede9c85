"""Tier and touch screener (T01): who should manage an alliance, and how closely.

Source: content/tools/T01.yaml. Scores are whole numbers from 0 to 4; both indices lie between 0 and 4.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from playbook.calculators.base import Calculator, Case, number
from playbook.calculators.definition import Definition, Values

NO_OVERRIDE = "none"
SHORTEST_REASON = 20
VALUE_FIELDS = ("value_at_stake", "strategic_fit")
LOAD_FIELDS = ("business_risk", "legal_complexity", "human_risk", "joint_decisions", "co_work")
SCORES = frozenset(VALUE_FIELDS + LOAD_FIELDS)


class Tier(StrEnum):
    """Who manages: T1 a dedicated manager, T4 a contact."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"

    @property
    def rank(self) -> int:
        """1 for T1."""
        return int(self.value[1:])


class Touch(StrEnum):
    """How closely an alliance is managed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


MANAGED_BY = {
    Tier.T1: "Dedicated alliance manager",
    Tier.T2: "Named alliance manager with several alliances",
    Tier.T3: "Led in a function under alliance-management standards",
    Tier.T4: "Designated contact, obligations only",
}
RHYTHM = {
    Touch.HIGH: "Counterpart call weekly, risk review monthly, health check every 6 months",
    Touch.MEDIUM: "Counterpart call every two weeks, risk review quarterly, health check every 12 months",
    Touch.LOW: "Contact monthly, obligation check quarterly, yearly review with a health check for T2",
}


@dataclass(frozen=True, slots=True)
class ScreenerInputs:
    """Seven scores, and the tier somebody decided to use instead."""

    value_at_stake: float
    business_risk: float
    legal_complexity: float
    human_risk: float
    joint_decisions: float
    co_work: float
    strategic_fit: float
    override_tier: Tier | None = None
    override_reason: str = ""

    def scores(self) -> dict[str, float]:
        """The seven scores by key."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name in SCORES}


@dataclass(frozen=True, slots=True)
class ScreenerResult:
    """Indices from 0 to 4, the computed tier and the one in force."""

    value_index: float
    load_index: float
    tier: Tier
    touch: Touch
    final_tier: Tier
    managed_by: str
    rhythm: str


def tier_of(value_index: float, load_index: float) -> Tier:
    """The tier of two indices."""
    if value_index >= 3 and load_index >= 2:
        return Tier.T1
    if value_index >= 2 or load_index >= 2.5:
        return Tier.T2
    return Tier.T3 if value_index >= 1 else Tier.T4


def touch_of(load_index: float) -> Touch:
    """The touch of a load index."""
    if load_index >= 2.5:
        return Touch.HIGH
    return Touch.MEDIUM if load_index >= 1.5 else Touch.LOW


def screen(inputs: ScreenerInputs) -> ScreenerResult:
    """Tier, touch and what follows from them."""
    scores = inputs.scores()
    value_index = sum(scores[key] for key in VALUE_FIELDS) / len(VALUE_FIELDS)
    load_index = sum(scores[key] for key in LOAD_FIELDS) / len(LOAD_FIELDS)
    tier, touch = tier_of(value_index, load_index), touch_of(load_index)
    final_tier = inputs.override_tier or tier
    return ScreenerResult(
        value_index, load_index, tier, touch, final_tier, MANAGED_BY[final_tier], RHYTHM[touch]
    )


def _read(values: Values, definition: Definition) -> ScreenerInputs:
    override = str(values["override_tier"])
    return ScreenerInputs(
        **{key: number(values[key]) for key in SCORES},
        override_tier=None if override == NO_OVERRIDE else Tier(override),
        override_reason=str(values["override_reason"] or ""),
    )


ScreenerCase = Case[ScreenerInputs, ScreenerResult]


def _kept_preset(case: ScreenerCase) -> bool:
    preset = case.preset or {}
    return set(preset) >= SCORES and all(case.inputs.scores()[key] == preset[key] for key in SCORES)


def _moved_two_steps(case: ScreenerCase) -> bool:
    override = case.inputs.override_tier
    return override is not None and abs(override.rank - case.result.tier.rank) >= 2


def _reason_too_short(case: ScreenerCase) -> bool:
    return (
        case.inputs.override_tier is not None and len(case.inputs.override_reason.strip()) < SHORTEST_REASON
    )


UNREADABLE = "any of the seven scores is empty, not a whole number, or outside 0-4"

SCREENER = Calculator(
    code="T01",
    read=_read,
    compute=screen,
    whole=SCORES,
    scores=SCORES,
    headline=("final_tier", "touch", "managed_by"),
    default_decimals=1,
    unreadable_rule=UNREADABLE,
    rules={
        "override_tier != 'none' and length of override_reason (trimmed) < 20": _reason_too_short,
        "override_tier == tier": lambda case: case.inputs.override_tier == case.result.tier,
        "override_tier != 'none' and |number(override_tier) - number(tier)| >= 2": _moved_two_steps,
        "value_index >= 3 and load_index < 2": lambda case: (
            case.result.value_index >= 3 and case.result.load_index < 2
        ),
        "value_index < 2 and load_index >= 2.5": lambda case: (
            case.result.value_index < 2 and case.result.load_index >= 2.5
        ),
        "|value_at_stake - strategic_fit| >= 3": lambda case: (
            abs(case.inputs.value_at_stake - case.inputs.strategic_fit) >= 3
        ),
        "human_risk == 4": lambda case: case.inputs.human_risk == 4,
        "legal_complexity == 4": lambda case: case.inputs.legal_complexity == 4,
        "all seven scores equal those of the preset that was applied": _kept_preset,
    },
)
