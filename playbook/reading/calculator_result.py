"""The result of a calculator in words and figures: what stands first, the readings, the table, the chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from playbook.calculators import Calculator, Definition, Outcome
from playbook.calculators.base import Output
from playbook.calculators.definition import Band, OutputSpec, Values
from playbook.reading.charts import Chart, chart_of

UNITS_OF_WORDS = frozenset({"text"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One output. `tone` is ok, warn, bad or empty; the words say the same."""

    key: str
    label: str
    text: str
    unit: str
    formula: str
    tone: str
    band: Band | None

    @property
    def is_words(self) -> bool:
        """Whether it is read rather than counted."""
        return not any(letter.isdigit() for letter in self.text) or " " in self.text


@dataclass(frozen=True, slots=True)
class RowTable:
    """The outputs of each row of a list."""

    heading: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """All of a result."""

    headline: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    tables: tuple[RowTable, ...]
    warnings: tuple[str, ...]
    chart: Chart | None

    @property
    def said(self) -> str:
        """The result in one sentence, as it is read aloud."""
        return "; ".join(f"{figure.label}: {figure.text} {figure.unit}".strip() for figure in self.headline)


def result_view(
    calculator: Calculator[Any, Any], definition: Definition, values: Values, outcome: Outcome
) -> ResultView:
    """The result of one run."""
    single = [spec for spec in definition.outputs if not spec.per and spec.key in outcome.outputs]
    figures = {
        spec.key: figure_of(calculator, definition, spec, outcome.outputs[spec.key]) for spec in single
    }

    def repeats(key: str) -> bool:
        twin = calculator.same_as.get(key)
        return twin is not None and outcome.outputs[key] == outcome.outputs[twin]

    return ResultView(
        headline=tuple(figures[key] for key in calculator.headline if key in figures and not repeats(key)),
        figures=tuple(figures.values()),
        tables=tuple(_row_tables(calculator, definition, values, outcome)),
        warnings=outcome.warnings,
        chart=chart_of(calculator.code, values, outcome.outputs),
    )


def figure_of(
    calculator: Calculator[Any, Any], definition: Definition, spec: OutputSpec, value: Output
) -> Figure:
    """One output in words."""
    band = definition.band(value) if isinstance(value, str) else None
    return Figure(
        key=spec.key,
        label=spec.label,
        text=band.label if band else spoken(value, decimals_of(calculator, spec.key)),
        unit="" if isinstance(value, str) or spec.unit in UNITS_OF_WORDS else short_unit(spec.unit),
        formula=spec.formula,
        tone=calculator.tones.get(str(value), "") if isinstance(value, str) else "",
        band=band,
    )


def short_unit(unit: str) -> str:
    """A unit without what it says about rounding."""
    return unit.removeprefix("whole ").partition(", shown")[0]


def decimals_of(calculator: Calculator[Any, Any], key: str) -> int:
    """How many decimals are shown of an output."""
    return calculator.decimals.get(key, calculator.default_decimals)


def spoken(value: Output, decimals: int) -> str:
    """A value as people read it."""
    if value is None:
        return _("no value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if decimals == 0 and not float(value).is_integer():
        decimals = 1
    text = f"{value:,.{decimals}f}"
    return (
        text.removeprefix("-") if float(text.replace(",", "")) == 0 else text.replace("-", "\N{MINUS SIGN}")
    )


def _row_tables(
    calculator: Calculator[Any, Any], definition: Definition, values: Values, outcome: Outcome
) -> list[RowTable]:
    tables = []
    for spec in definition.lists():
        per = [output for output in definition.outputs if output.per == spec.key]
        rows = values[spec.key]
        if not per or not isinstance(rows, tuple):
            continue
        columns = [_cells(outcome.outputs[output.key], decimals_of(calculator, output.key)) for output in per]
        names = [_row_label(row, number) for number, row in enumerate(rows, start=1)]
        headers = (spec.label, *(output.label for output in per))
        tables.append(RowTable(spec.label, headers, tuple(zip(names, *columns, strict=True))))
    return tables


def _cells(column: Output, decimals: int) -> list[str]:
    return [spoken(cell, decimals) for cell in column] if isinstance(column, tuple) else []


def _row_label(row: Mapping[str, Any], number: int) -> str:
    name = str(next(iter(row.values()), "")).strip()
    return name or _("Row %(number)d") % {"number": number}
