"""Three equations (T15b): more value together than apart, two companies as one team, a split that stays fair.

Source: content/tools/T15b.yaml. Values are million USD, shares 0 to 1, collaboration means 1 to 5. Readings follow from
exact figures; what the file rounds to four places is rounded here too, so that a limit is met where it is written.
"""

from dataclasses import dataclass, fields

from playbook.calculators.base import Calculator, Case, number
from playbook.calculators.definition import Definition, Values

PLACES = 4
TARGET_RATIO = 1.5
STRONG_FROM = 80
WORKABLE_FROM = 64
NEUTRAL = 3
BALANCED_TO = 0.05
DRIFTED_FROM = 0.05
UNFAIR_FROM = 0.1
MUCH_FRICTION = 0.3
WIDE_SPREAD = 1
SAMPLE_VALUES = (300, 30, 80, 70)
NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class EquationInputs:
    """Values, health-check means and shares."""

    joint_value: float
    friction_cost: float
    own_value_us: float
    own_value_partner: float
    promises: float
    bad_news: float
    views_heard: float
    conflict: float
    one_team: float
    planned_share_us: float
    actual_share_us: float
    contribution_share_us: float

    @property
    def means(self) -> tuple[float, ...]:
        """The five means of the health check."""
        return self.promises, self.bad_news, self.views_heard, self.conflict, self.one_team

    @property
    def money(self) -> tuple[float, ...]:
        """The four values in million USD."""
        return self.joint_value, self.friction_cost, self.own_value_us, self.own_value_partner


@dataclass(frozen=True, slots=True)
class EquationResult:
    """The three results, in the order in which they are read. `synergy_ratio` is None where nobody has a plan alone."""

    net_joint_value: float
    synergy_ratio: float | None
    synergy_gain: float
    synergy_reading: str
    one_team_index: float
    one_team_reading: str
    planned_share_partner: float
    actual_share_partner: float
    split_drift_us: float
    fairness_gap: float
    fairness_reading: str
    value_us_actual: float
    value_partner_actual: float


def synergy_reading(ratio: float | None) -> str:
    """The first equation in words."""
    if ratio is None:
        return "not possible alone"
    if ratio >= TARGET_RATIO:
        return "meets target"
    return "thin" if ratio > 1 else "better apart"


def one_team_reading(means: tuple[float, ...], index: float) -> str:
    """The second equation in words."""
    if set(means) == {NEUTRAL}:
        return NOT_MEASURED
    if index >= STRONG_FROM:
        return "strong"
    return "workable" if index >= WORKABLE_FROM else "weak"


def fairness_reading(inputs: EquationInputs, gap: float) -> str:
    """The third equation in words."""
    if gap <= BALANCED_TO:
        return "balanced"
    if inputs.actual_share_us > inputs.contribution_share_us:
        return "we receive more than we put in"
    return "the partner receives more than it puts in"


def three_equations(inputs: EquationInputs) -> EquationResult:
    """All three results."""
    net = inputs.joint_value - inputs.friction_cost
    alone = inputs.own_value_us + inputs.own_value_partner
    ratio = net / alone if alone > 0 else None
    index = round(sum(inputs.means) / len(inputs.means) * 20, PLACES)
    partner_share = round(1 - inputs.actual_share_us, PLACES)
    gap = round(abs(inputs.actual_share_us - inputs.contribution_share_us), PLACES)
    return EquationResult(
        net_joint_value=net,
        synergy_ratio=ratio,
        synergy_gain=net - alone,
        synergy_reading=synergy_reading(ratio),
        one_team_index=index,
        one_team_reading=one_team_reading(inputs.means, index),
        planned_share_partner=round(1 - inputs.planned_share_us, PLACES),
        actual_share_partner=partner_share,
        split_drift_us=round(inputs.actual_share_us - inputs.planned_share_us, PLACES),
        fairness_gap=gap,
        fairness_reading=fairness_reading(inputs, gap),
        value_us_actual=inputs.actual_share_us * net,
        value_partner_actual=partner_share * net,
    )


def _read(values: Values, definition: Definition) -> EquationInputs:
    return EquationInputs(**{entry.name: number(values[entry.name]) for entry in fields(EquationInputs)})


EquationCase = Case[EquationInputs, EquationResult]


def _apart_is_as_good(case: EquationCase) -> bool:
    ratio = case.result.synergy_ratio
    return ratio is not None and ratio <= 1


def _below_target(case: EquationCase) -> bool:
    ratio = case.result.synergy_ratio
    return ratio is not None and 1 < ratio < TARGET_RATIO


def _below_warning_line(case: EquationCase) -> bool:
    return case.result.one_team_index < WORKABLE_FROM and case.result.one_team_reading != NOT_MEASURED


def _one_item_stands_out(case: EquationCase) -> bool:
    return round(max(case.inputs.means) - min(case.inputs.means), PLACES) > WIDE_SPREAD


THREE_EQUATIONS = Calculator(
    code="T15b",
    read=_read,
    compute=three_equations,
    headline=("synergy_reading", "one_team_reading", "fairness_reading"),
    tones={
        "meets target": "ok",
        "thin": "warn",
        "better apart": "bad",
        "strong": "ok",
        "workable": "ok",
        "weak": "bad",
        "balanced": "ok",
        "we receive more than we put in": "warn",
        "the partner receives more than it puts in": "warn",
    },
    rules={
        "joint_value == 300 and friction_cost == 30 and own_value_us == 80 and own_value_partner == 70": (
            lambda case: case.inputs.money == SAMPLE_VALUES
        ),
        "synergy_ratio is not None and synergy_ratio <= 1": _apart_is_as_good,
        "synergy_ratio is not None and 1 < synergy_ratio < 1.5": _below_target,
        "synergy_ratio is None": lambda case: case.result.synergy_ratio is None,
        "friction_cost == 0": lambda case: case.inputs.friction_cost == 0,
        "friction_cost > 0.3 * joint_value": lambda case: (
            case.inputs.friction_cost > MUCH_FRICTION * case.inputs.joint_value
        ),
        "one_team_reading == 'not measured'": lambda case: case.result.one_team_reading == NOT_MEASURED,
        "one_team_index < 64 and one_team_reading != 'not measured'": _below_warning_line,
        "max(promises, bad_news, views_heard, conflict, one_team)"
        " - min(promises, bad_news, views_heard, conflict, one_team) > 1": _one_item_stands_out,
        "abs(split_drift_us) > 0.05": lambda case: abs(case.result.split_drift_us) > DRIFTED_FROM,
        "fairness_gap > 0.1": lambda case: case.result.fairness_gap > UNFAIR_FROM,
        "value_us_actual < own_value_us": lambda case: case.result.value_us_actual < case.inputs.own_value_us,
        "value_partner_actual < own_value_partner": lambda case: (
            case.result.value_partner_actual < case.inputs.own_value_partner
        ),
    },
)
