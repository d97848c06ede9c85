"""What somebody typed into a calculator: kept as typed, read into values inside their bounds, or refused with a reason.

Invariants: `read` never raises, whatever was typed; values come out only when every input could be read; a message
names the input, its bounds and what was written. Names of rows are `list.number.column`, as in `alliances.0.tier`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from playbook.calculators.definition import Definition, InputKind, InputSpec, Scalar, Value

NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d{0,12})?|\.\d{1,12})", re.ASCII)
RANGE = re.compile(r"-?\d+(\.\d+)?\s*(?:-|to|or)\s*\d+")
MAX_TEXT = 500
MAX_SHOWN = 40
YES, NO = "1", "0"

TypedRow = dict[str, str]


class UnreadableError(ValueError):
    """What was typed cannot be read; the message is for the person who typed it."""


@dataclass(slots=True)
class Typed:
    """The words in the form: by key, and rows by the key of their list."""

    fields: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[TypedRow]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stops the result. `name` is the name of the form's field."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Values where all could be read, else the problems by name of the field."""

    values: Mapping[str, Value] | None
    problems: Mapping[str, Problem]


def as_typed(value: Scalar) -> str:
    """A value as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def typed_row(spec: InputSpec, row: Mapping[str, Scalar]) -> TypedRow:
    """A row of values as it would be typed, defaults filled in."""
    return {key: as_typed(value) for key, value in spec.full_row(row).items()}


def row_name(list_key: str, number: int, column: str) -> str:
    """The name of one field in a row."""
    return f"{list_key}.{number}.{column}"


def from_query(query: Mapping[str, str], definition: Definition) -> Typed:
    """The words in an address or a form; what is left out starts with its default."""
    typed = Typed()
    for spec in definition.fields():
        typed.fields[spec.key] = query.get(spec.key, as_typed(spec.default))
    for spec in definition.lists():
        typed.rows[spec.key] = _rows(query, spec) or [typed_row(spec, {})] * least_rows(spec)
    return typed


def least_rows(spec: InputSpec) -> int:
    """How many rows a list has at least."""
    return int(spec.minimum or 0)


def most_rows(spec: InputSpec) -> int:
    """How many rows a list has at most."""
    return int(spec.maximum or 0)


def _rows(query: Mapping[str, str], spec: InputSpec) -> list[TypedRow]:
    pattern = re.compile(rf"{re.escape(spec.key)}\.(\d{{1,4}})\.([a-z_]+)", re.ASCII)
    found: dict[int, TypedRow] = {}
    for name, value in query.items():
        match = pattern.fullmatch(name)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = value
    columns = {column.key for column in spec.columns}
    blank = typed_row(spec, {})
    rows = [
        blank | {key: value for key, value in found[number].items() if key in columns}
        for number in sorted(found)
    ]
    return rows[: most_rows(spec) + 1]


def to_query(typed: Typed, definition: Definition) -> list[tuple[str, str]]:
    """The shortest list of names and words that leads back to the same form: defaults are left out."""
    pairs = [
        (spec.key, typed.fields[spec.key])
        for spec in definition.fields()
        if typed.fields[spec.key] != as_typed(spec.default)
    ]
    for spec in definition.lists():
        for number, row in enumerate(typed.rows[spec.key]):
            pairs += _row_query(spec, number, row)
    return pairs


def _row_query(spec: InputSpec, number: int, row: TypedRow) -> list[tuple[str, str]]:
    """What differs from a blank row; one choice always stands, so that a blank row is still a row."""
    blank = typed_row(spec, {})
    anchor = next((column.key for column in spec.columns if column.kind is InputKind.CHOICE), "")
    return [
        (row_name(spec.key, number, key), words)
        for key, words in row.items()
        if words != blank[key] or key == anchor
    ]


def read(typed: Typed, definition: Definition, whole: frozenset[str] = frozenset()) -> Reading:
    """Values, or the reasons why there are none."""
    problems: dict[str, Problem] = {}
    values: dict[str, Value] = {}
    for spec in definition.fields():
        values[spec.key] = _try(spec, spec.key, typed.fields[spec.key], whole, problems)
    for spec in definition.lists():
        rows = typed.rows[spec.key]
        _count_rows(spec, len(rows), problems)
        values[spec.key] = tuple(
            dict(_cells(spec, number, row, whole, problems)) for number, row in enumerate(rows)
        )
    return Reading(None if problems else values, problems)


def _cells(
    spec: InputSpec, number: int, row: TypedRow, whole: frozenset[str], problems: dict[str, Problem]
) -> Iterator[tuple[str, Scalar]]:
    for column in spec.columns:
        name = row_name(spec.key, number, column.key)
        yield column.key, _try(column, name, row[column.key], whole, problems, row=number + 1)


def _count_rows(spec: InputSpec, count: int, problems: dict[str, Problem]) -> None:
    if count < least_rows(spec):
        problems[spec.key] = Problem(spec.key, _("%(label)s: add a row first.") % {"label": spec.label})
    if count > most_rows(spec):
        message = _("%(label)s: %(most)d rows at most.") % {"label": spec.label, "most": most_rows(spec)}
        problems[spec.key] = Problem(spec.key, message)


def _try(
    spec: InputSpec,
    name: str,
    words: str,
    whole: frozenset[str],
    problems: dict[str, Problem],
    row: int = 0,
) -> Scalar:
    try:
        return READERS[spec.kind](spec, words, spec.key in whole)
    except UnreadableError as refused:
        where = _("Row %(row)d, ") % {"row": row} if row else ""
        problems[name] = Problem(name, f"{where}{refused}")
        return None


def _read_number(spec: InputSpec, words: str, whole: bool) -> Scalar:
    words = words.strip()
    if not words:
        raise UnreadableError(_("%(label)s is empty: write %(range)s.") % _about(spec, words))
    if not NUMBER.fullmatch(words):
        text = _("%(label)s is %(range)s, with a point as in 0.5; you wrote %(words)s.")
        raise UnreadableError(text % _about(spec, words))
    value = float(words)
    outside = (spec.minimum is not None and value < spec.minimum) or (
        spec.maximum is not None and value > spec.maximum
    )
    if outside or (whole and not value.is_integer()):
        text = _("%(label)s is %(range)s; you wrote %(words)s.")
        raise UnreadableError(text % _about(spec, words, whole=whole))
    return int(value) if value.is_integer() else value


def _read_choice(spec: InputSpec, words: str, whole: bool) -> Scalar:
    if words in spec.choices:
        return words
    text = _("%(label)s: choose one of %(choices)s; you wrote %(words)s.")
    raise UnreadableError(text % {**_about(spec, words), "choices": ", ".join(spec.choices)})


def _read_text(spec: InputSpec, words: str, whole: bool) -> Scalar:
    if len(words) > MAX_TEXT:
        text = _("%(label)s holds %(most)d characters at most; you wrote %(count)d.")
        raise UnreadableError(text % {"label": spec.label, "most": MAX_TEXT, "count": len(words)})
    return words


def _read_yes_no(spec: InputSpec, words: str, whole: bool) -> Scalar:
    if words in (YES, NO):
        return int(words)
    raise UnreadableError(_("%(label)s is yes (1) or no (0); you wrote %(words)s.") % _about(spec, words))


READERS = {
    InputKind.NUMBER: _read_number,
    InputKind.CHOICE: _read_choice,
    InputKind.TEXT: _read_text,
    InputKind.YES_NO: _read_yes_no,
}


def _about(spec: InputSpec, words: str, *, whole: bool = False) -> dict[str, Any]:
    shown = words if len(words) <= MAX_SHOWN else f"{words[:MAX_SHOWN]}…"
    return {"label": spec.label, "words": shown or "“”", "range": in_words(spec, whole=whole)}


def in_words(spec: InputSpec, *, whole: bool = False) -> str:
    """The bounds as people say them: "a score from 0 to 4", "a number from 0 to 1095 (calendar days)"."""
    noun = _("a whole number") if whole else _("a number")
    if spec.unit.startswith("score"):
        noun = _("a score")
    bounds = {"noun": noun, "low": as_typed(spec.minimum), "high": as_typed(spec.maximum)}
    said = _("%(noun)s from %(low)s to %(high)s") % bounds if spec.maximum is not None else noun
    unit = "" if RANGE.search(spec.unit) else spec.unit
    return f"{said} ({unit})" if unit and unit != "number" else said
