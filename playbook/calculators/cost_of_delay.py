"""Cost of delay (T15): what waiting costs, as a low, likely and high figure.

Source: content/tools/T15.yaml. Annual values and costs of a delay are million USD, daily and weekly ones thousand USD.
"""

from dataclasses import dataclass, fields

from playbook.calculators.base import Calculator, Case, number
from playbook.calculators.definition import Definition, Values

DAYS_A_YEAR = 365
DAYS_A_WEEK = 7
THOUSAND = 1000
HALF_A_YEAR = 180
TELL_YOUR_SPONSOR = 500
TOO_WIDE = 10
SAMPLE_VALUES = (90, 120, 150)


@dataclass(frozen=True, slots=True)
class DelayInputs:
    """Three values, three delays, and what is ours of them."""

    value_low: float
    value_likely: float
    value_high: float
    probability: float
    our_share: float
    days_low: float
    days_likely: float
    days_high: float
    fixed_cost_day: float

    @property
    def annual_values(self) -> tuple[float, float, float]:
        """Low, likely and high."""
        return self.value_low, self.value_likely, self.value_high

    @property
    def delays(self) -> tuple[float, float, float]:
        """Low, likely and high."""
        return self.days_low, self.days_likely, self.days_high


@dataclass(frozen=True, slots=True)
class DelayResult:
    """What each day, each week and the whole delay cost."""

    daily_value_low: float
    daily_value_likely: float
    daily_value_high: float
    delay_cost_low: float
    delay_cost_likely: float
    delay_cost_high: float
    weekly_cost_likely: float
    joint_value_lost_likely: float


def daily_value(inputs: DelayInputs, annual: float) -> float:
    """Thousand USD a day that are ours, of an annual value in million USD."""
    return annual * THOUSAND / DAYS_A_YEAR * inputs.probability * inputs.our_share


def delay_cost(inputs: DelayInputs, daily: float, days: float) -> float:
    """Million USD that a delay of so many days costs us."""
    return (daily + inputs.fixed_cost_day) * days / THOUSAND


def cost_of_delay(inputs: DelayInputs) -> DelayResult:
    """All figures, from exact ones; nothing is rounded here."""
    low, likely, high = (daily_value(inputs, annual) for annual in inputs.annual_values)
    return DelayResult(
        daily_value_low=low,
        daily_value_likely=likely,
        daily_value_high=high,
        delay_cost_low=delay_cost(inputs, low, inputs.days_low),
        delay_cost_likely=delay_cost(inputs, likely, inputs.days_likely),
        delay_cost_high=delay_cost(inputs, high, inputs.days_high),
        weekly_cost_likely=(likely + inputs.fixed_cost_day) * DAYS_A_WEEK,
        joint_value_lost_likely=inputs.value_likely / DAYS_A_YEAR * inputs.probability * inputs.days_likely,
    )


def _read(values: Values, definition: Definition) -> DelayInputs:
    return DelayInputs(**{entry.name: number(values[entry.name]) for entry in fields(DelayInputs)})


DelayCase = Case[DelayInputs, DelayResult]


def _out_of_order(three: tuple[float, float, float]) -> bool:
    low, likely, high = three
    return not low <= likely <= high


def _too_wide(case: DelayCase) -> bool:
    low, high = case.result.delay_cost_low, case.result.delay_cost_high
    return low > 0 and high > TOO_WIDE * low


COST_OF_DELAY = Calculator(
    code="T15",
    read=_read,
    compute=cost_of_delay,
    headline=("delay_cost_likely", "weekly_cost_likely", "joint_value_lost_likely"),
    rules={
        "not (value_low <= value_likely <= value_high)": lambda case: _out_of_order(
            case.inputs.annual_values
        ),
        "not (days_low <= days_likely <= days_high)": lambda case: _out_of_order(case.inputs.delays),
        "value_low == 90 and value_likely == 120 and value_high == 150": lambda case: (
            case.inputs.annual_values == SAMPLE_VALUES
        ),
        "probability == 1": lambda case: case.inputs.probability == 1,
        "our_share == 1": lambda case: case.inputs.our_share == 1,
        "days_high == 0": lambda case: case.inputs.days_high == 0,
        "days_high > 0 and fixed_cost_day == 0": lambda case: (
            case.inputs.days_high > 0 and case.inputs.fixed_cost_day == 0
        ),
        "days_likely > 180": lambda case: case.inputs.days_likely > HALF_A_YEAR,
        "delay_cost_low > 0 and delay_cost_high > 10 * delay_cost_low": _too_wide,
        "days_high > 0 and weekly_cost_likely >= 500": lambda case: (
            case.inputs.days_high > 0 and case.result.weekly_cost_likely >= TELL_YOUR_SPONSOR
        ),
    },
)
