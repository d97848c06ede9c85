"""Cases for the calculators, read from the files of the tools."""

from functools import cache
from typing import Any

from django.conf import settings

from core.content import read_yaml
from playbook.calculators import CALCULATORS, Definition, Outcome, define

CODES = tuple(CALCULATORS)
TOLERANCE = 1e-9


def content_of(code: str) -> dict[str, Any]:
    """The file of a calculator."""
    content: dict[str, Any] = read_yaml(settings.CONTENT_DIR / "tools" / f"{code}.yaml")
    return content


@cache
def definition_of(code: str) -> Definition:
    """What the file defines; it cannot be changed."""
    return define(content_of(code))


def run(code: str, preset: dict[str, Any] | None = None, **inputs: Any) -> Outcome:
    """Runs a calculator; what is left out has its default."""
    definition = definition_of(code)
    return CALCULATORS[code].run(definition.complete(inputs), definition, preset)


def same(written: Any, computed: Any) -> bool:
    """Whether a result equals what is written, after rounding to the decimals written."""
    if isinstance(written, list):
        return len(written) == len(computed) and all(map(same, written, computed))
    if isinstance(written, bool) or not isinstance(written, int | float):
        return bool(written == computed)
    decimals = len(repr(written).partition(".")[2]) if isinstance(written, float) else 0
    return bool(abs(round(computed, decimals) - written) < TOLERANCE)


def message(code: str, rule_start: str) -> str:
    """The message of the check whose rule begins so."""
    found = [check.message for check in definition_of(code).checks if check.rule.startswith(rule_start)]
    assert len(found) == 1, f"{rule_start!r} names {len(found)} checks of {code}"
    return found[0]
