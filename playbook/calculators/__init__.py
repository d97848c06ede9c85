"""The five calculators of the playbook: pure functions in code, words in content.

Each module holds the formulas of one tool file as typed functions over frozen dataclasses. Labels, help, units, bounds,
presets, bands and the messages of checks come from the page. Nothing that comes from content is ever evaluated: the
`rule` of a check is only the name under which its predicate is found.
"""

from typing import Any

from playbook.calculators.base import Calculator, Outcome
from playbook.calculators.cost_of_delay import COST_OF_DELAY
from playbook.calculators.definition import Definition, define
from playbook.calculators.readiness import READINESS
from playbook.calculators.screener import SCREENER
from playbook.calculators.three_equations import THREE_EQUATIONS
from playbook.calculators.workload_sheet import WORKLOAD

CALCULATORS: dict[str, Calculator[Any, Any]] = {
    calculator.code: calculator
    for calculator in (SCREENER, WORKLOAD, COST_OF_DELAY, THREE_EQUATIONS, READINESS)
}


def calculator_for(code: str) -> Calculator[Any, Any] | None:
    """The calculator of a tool, by its code; None where the tool does not calculate."""
    return CALCULATORS.get(code)


__all__ = ["CALCULATORS", "Calculator", "Definition", "Outcome", "calculator_for", "define"]
