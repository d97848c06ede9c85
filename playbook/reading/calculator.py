"""A calculator as its page shows it: the form as typed, the result, the presets and the worked examples.

The address holds the whole state, so that a result can be shared; only a form too long for an address is posted.
Adding and removing rows and applying a preset are submissions like any other and work without JavaScript.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from playbook.calculators import Calculator, Definition, calculator_for, define
from playbook.calculators.definition import InputKind, InputSpec, Preset
from playbook.calculators.typed import (
    Problem,
    Reading,
    Typed,
    TypedRow,
    as_typed,
    from_query,
    in_words,
    least_rows,
    most_rows,
    read,
    row_name,
    to_query,
    typed_row,
)
from playbook.reading.calculator_result import ResultView, result_view

LONGEST_ADDRESS = 2500
"""Characters of a form that an address still carries; servers commonly refuse lines over 4094."""

APPLY, ADD, REMOVE, PRESET = "apply", "add", "remove", "preset"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the form. `control` is scores, choice, check, number or text."""

    name: str
    label: str
    control: str
    words: str
    unit: str
    help: str
    problem: str
    options: tuple[Option, ...] = ()

    @property
    def element(self) -> str:
        """The id in the page."""
        return f"in-{self.name.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a list."""

    number: int
    remove: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """One list of the form."""

    spec: InputSpec
    rows: tuple[RowView, ...]
    problem: str

    @property
    def can_add(self) -> bool:
        """Whether there is room for another row."""
        return len(self.rows) < most_rows(self.spec)

    @property
    def can_remove(self) -> bool:
        """Whether a row may go."""
        return len(self.rows) > least_rows(self.spec)


@dataclass(frozen=True, slots=True)
class PresetButton:
    """A preset with values; `number` is its place in the content."""

    number: int
    preset: Preset
    applied: bool


@dataclass(frozen=True, slots=True)
class ExampleLink:
    """A worked example and the address that fills the form with it."""

    name: str
    url: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the page of a calculator shows."""

    definition: Definition
    fields: tuple[FieldView, ...]
    lists: tuple[ListView, ...]
    presets: tuple[PresetButton, ...]
    advice: tuple[Preset, ...]
    examples: tuple[ExampleLink, ...]
    problems: tuple[tuple[str, str], ...]
    unreadable: str
    result: ResultView | None
    preset: str
    share_url: str
    too_long: bool

    @property
    def share_query(self) -> str:
        """The part of the address that holds the figures."""
        return self.share_url[self.share_url.find("?") :] if "?" in self.share_url else ""

    @property
    def method(self) -> str:
        """How the form is sent."""
        return "post" if self.too_long else "get"


def sheet_of(content: Mapping[str, Any], code: str, request: HttpRequest, url: str) -> Sheet | None:
    """The sheet of a tool; None where no code computes with it."""
    calculator = calculator_for(code)
    if calculator is None:
        return None
    query = (request.POST if request.method == "POST" else request.GET).dict()
    return sheet_from(calculator, define(content), query, url)


def sheet_from(
    calculator: Calculator[Any, Any], definition: Definition, query: Mapping[str, str], url: str
) -> Sheet:
    """The sheet for what was typed."""
    typed, chosen = _after_act(query, definition)
    reading = read(typed, definition, calculator.whole)
    applied = definition.presets[chosen].values if chosen is not None else None
    result = None
    if reading.values is not None:
        outcome = calculator.run(reading.values, definition, applied)
        result = result_view(calculator, definition, reading.values, outcome)
    labels = {cap["category"]: f"{cap['category']}: {cap['label']}" for cap in definition.caps}
    pairs = to_query(typed, definition) + ([(PRESET, str(chosen))] if chosen is not None else [])
    return Sheet(
        definition=definition,
        fields=tuple(
            _field(spec, spec.key, typed.fields[spec.key], reading, calculator, labels)
            for spec in definition.fields()
        ),
        lists=tuple(
            _list(spec, typed.rows[spec.key], reading, calculator, labels) for spec in definition.lists()
        ),
        presets=tuple(
            PresetButton(number, preset, number == chosen)
            for number, preset in enumerate(definition.presets)
            if preset.values
        ),
        advice=tuple(preset for preset in definition.presets if not preset.values),
        examples=tuple(_example(definition, example, url) for example in definition.examples),
        problems=tuple((_element(name), problem.message) for name, problem in reading.problems.items()),
        unreadable=calculator.unreadable_message(definition) if reading.problems else "",
        result=result,
        preset="" if chosen is None else str(chosen),
        share_url=f"{url}?{urlencode(pairs)}" if pairs else url,
        too_long=len(urlencode(_all_pairs(typed))) > LONGEST_ADDRESS,
    )


def _after_act(query: Mapping[str, str], definition: Definition) -> tuple[Typed, int | None]:
    """What stands in the form after a button was pressed, and the preset it came from."""
    typed = from_query(query, definition)
    chosen = _number(query.get(APPLY) or query.get(PRESET), len(definition.presets))
    if APPLY in query and chosen is not None:
        apply_preset(typed, definition.presets[chosen], definition)
    for spec in definition.lists():
        rows = typed.rows[spec.key]
        if query.get(ADD) == spec.key and len(rows) < most_rows(spec):
            rows.append(typed_row(spec, {}))
        place = _number(query.get(REMOVE, "").removeprefix(f"{spec.key}."), len(rows))
        if place is not None and len(rows) > least_rows(spec):
            del rows[place]
    return typed, chosen


def apply_preset(typed: Typed, preset: Preset, definition: Definition) -> None:
    """Writes a preset into the form.

    A preset that sets single values too is a whole case and replaces rows; one that only brings rows adds them, and
    takes the place of rows that nobody has touched.
    """
    lists = {spec.key for spec in definition.lists()}
    whole_case = bool(preset.values.keys() - lists)
    for spec in definition.fields():
        if spec.key in preset.values:
            typed.fields[spec.key] = as_typed(preset.values[spec.key])
    for spec in definition.lists():
        if spec.key in preset.values:
            blank = typed_row(spec, {})
            kept = [] if whole_case else [row for row in typed.rows[spec.key] if row != blank]
            added = [typed_row(spec, row) for row in preset.values[spec.key]]
            typed.rows[spec.key] = (kept + added)[: most_rows(spec)]


def _number(words: str | None, below: int) -> int | None:
    if words is None or not words.isascii() or not words.isdigit() or len(words) > 4:
        return None
    return int(words) if int(words) < below else None


def _field(
    spec: InputSpec,
    name: str,
    words: str,
    reading: Reading,
    calculator: Calculator[Any, Any],
    labels: Mapping[str, str],
) -> FieldView:
    problem = reading.problems.get(name)
    is_number = spec.kind is InputKind.NUMBER
    return FieldView(
        name=name,
        label=spec.label,
        control=_control(spec, calculator),
        words=words,
        unit=in_words(spec, whole=spec.key in calculator.whole) if is_number else "",
        help=spec.help,
        problem=problem.message if problem else "",
        options=_options(spec, words, calculator, labels),
    )


def _control(spec: InputSpec, calculator: Calculator[Any, Any]) -> str:
    if spec.key in calculator.scores:
        return "scores"
    return {InputKind.CHOICE: "choice", InputKind.YES_NO: "check", InputKind.NUMBER: "number"}.get(
        spec.kind, "text"
    )


def _options(
    spec: InputSpec, words: str, calculator: Calculator[Any, Any], labels: Mapping[str, str]
) -> tuple[Option, ...]:
    values = list(spec.choices)
    if spec.key in calculator.scores:
        values = [str(point) for point in range(int(spec.minimum or 0), int(spec.maximum or 0) + 1)]
    return tuple(
        Option(value, labels.get(value, value.replace("_", " ")), value == words) for value in values
    )


def _list(
    spec: InputSpec,
    rows: list[TypedRow],
    reading: Reading,
    calculator: Calculator[Any, Any],
    labels: Mapping[str, str],
) -> ListView:
    problem = reading.problems.get(spec.key)
    views = []
    for number, row in enumerate(rows):
        fields = tuple(
            _field(
                column, row_name(spec.key, number, column.key), row[column.key], reading, calculator, labels
            )
            for column in spec.columns
        )
        views.append(RowView(number + 1, f"{spec.key}.{number}", fields))
    return ListView(spec, tuple(views), problem.message if problem else "")


def _example(definition: Definition, example: Any, url: str) -> ExampleLink:
    typed = Typed(
        {spec.key: as_typed(example.inputs.get(spec.key, spec.default)) for spec in definition.fields()},
        {
            spec.key: [typed_row(spec, row) for row in example.inputs.get(spec.key) or ()]
            for spec in definition.lists()
        },
    )
    pairs = to_query(typed, definition)
    return ExampleLink(example.name, f"{url}?{urlencode(pairs)}" if pairs else url, example.warnings)


def _all_pairs(typed: Typed) -> list[tuple[str, str]]:
    """Every pair that the form would send."""
    pairs = list(typed.fields.items())
    for key, rows in typed.rows.items():
        pairs += [
            (row_name(key, number, column), words)
            for number, row in enumerate(rows)
            for column, words in row.items()
        ]
    return pairs


def _element(name: str) -> str:
    return f"in-{name.replace('.', '-')}"


__all__ = ["Problem", "Sheet", "apply_preset", "sheet_from", "sheet_of"]
