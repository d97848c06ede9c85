"""The shape that all calculators share: read values, compute, and say which checks of the page apply.

Invariants: `run` is given values inside their bounds (playbook.calculators.reading sees to it) and never raises on
them. A check whose rule has no predicate here stays silent: content alone can never make code run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar

from playbook.calculators.definition import Definition, Scalar, Values, rule_name

Inputs = TypeVar("Inputs")
Result = TypeVar("Result")

Output = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Case(Generic[Inputs, Result]):
    """What a predicate looks at. `preset` holds the values of the preset that was applied, if one was."""

    inputs: Inputs
    result: Result
    preset: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Outputs by key, per-row ones as tuples, and the messages that apply, in the order of the page."""

    outputs: Mapping[str, Output]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Calculator(Generic[Inputs, Result]):
    """One calculator. `rules` maps the rule of a check to its predicate.

    `whole` names the inputs that only make sense as whole numbers, `scores` those asked for as points of a short scale,
    `decimals` how many are shown of an output.
    `headline` are the outputs a reader sees first; one that says the same as its twin in `same_as` is left out.
    `tones` gives words their tone (ok, warn, bad) on the page.
    `unreadable_rule` names the check that speaks when an input cannot be read and no result is shown.
    """

    code: str
    read: Callable[[Values, Definition], Inputs]
    compute: Callable[[Inputs], Result]
    rules: Mapping[str, Callable[[Case[Inputs, Result]], bool]]
    headline: tuple[str, ...]
    whole: frozenset[str] = frozenset()
    scores: frozenset[str] = frozenset()
    same_as: Mapping[str, str] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)
    default_decimals: int = 2
    tones: Mapping[str, str] = field(default_factory=dict)
    unreadable_rule: str = ""
    outputs: Callable[[Result], Mapping[str, Output]] = lambda result: own_fields(result)

    def run(self, values: Values, definition: Definition, preset: Mapping[str, Any] | None = None) -> Outcome:
        """Computes from complete values and collects the messages that apply."""
        inputs = self.read(values, definition)
        result = self.compute(inputs)
        case = Case(inputs, result, preset)
        messages = tuple(check.message for check in definition.checks if self._applies(check.rule, case))
        return Outcome(self.outputs(result), messages)

    def unreadable_message(self, definition: Definition) -> str:
        """What the page says when no result can be shown; empty where it says nothing."""
        rule = rule_name(self.unreadable_rule)
        return next((check.message for check in definition.checks if rule and check.rule == rule), "")

    def _applies(self, rule: str, case: Case[Inputs, Result]) -> bool:
        predicate = self.rules.get(rule)
        return predicate is not None and predicate(case)


def own_fields(result: Any) -> dict[str, Output]:
    """The fields of a result by name: names in code are the keys of the content."""
    return {entry.name: getattr(result, entry.name) for entry in fields(result)}


def number(value: object) -> float:
    """A number out of values that were checked when they were read."""
    if isinstance(value, bool | int | float):
        return float(value)
    raise TypeError(f"{value!r} is no number.")
