"""What a page says about its calculator: inputs with their bounds, outputs, checks, bands, presets, worked examples.

Reads the content of a tool (playbook.models.ToolPage.content) into frozen dataclasses. Refuses nothing: a part that an
editor took away is simply absent, and the calculator goes on with what is there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Scalar = str | int | float | bool | None
Row = Mapping[str, Scalar]
Value = Scalar | tuple[Row, ...]
Values = Mapping[str, Value]


class InputKind(StrEnum):
    """How an input is asked for."""

    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    YES_NO = "yes_no"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input. `columns` is filled for lists only, `minimum` and `maximum` then count rows."""

    key: str
    label: str
    kind: InputKind
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    default: Scalar = None
    help: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple["InputSpec", ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it holds rows."""
        return self.kind is InputKind.LIST

    def blank_row(self) -> dict[str, Scalar]:
        """A row as it is before anybody writes in it."""
        return {column.key: column.default for column in self.columns}

    def full_row(self, row: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """A row in which every column that was left out has its default."""
        return self.blank_row() | {
            column.key: row[column.key] for column in self.columns if column.key in row
        }


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """One output; `per` names the list whose rows each have one."""

    key: str
    label: str
    unit: str = ""
    formula: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One warning. `rule` is the name of its predicate, never shown and never evaluated."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Band:
    """What a range of results means, in words."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Preset:
    """Values to start from, or advice in words where it has no values."""

    name: str
    fits: str
    text: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case of the file."""

    name: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """All that the page says."""

    inputs: tuple[InputSpec, ...]
    outputs: tuple[OutputSpec, ...]
    checks: tuple[Check, ...]
    bands: tuple[Band, ...]
    presets: tuple[Preset, ...]
    examples: tuple[Example, ...]
    caps: tuple[Mapping[str, Any], ...]

    def complete(self, given: Mapping[str, Any]) -> dict[str, Value]:
        """Values for every input: the given ones, defaults for the rest; also inside rows."""
        return {spec.key: _complete(spec, given) for spec in self.inputs}

    def band(self, key: object) -> Band | None:
        """The band of a result."""
        return next((band for band in self.bands if band.key == key), None)

    def fields(self) -> Iterator[InputSpec]:
        """The inputs that are no lists."""
        return (spec for spec in self.inputs if not spec.is_list)

    def lists(self) -> Iterator[InputSpec]:
        """The inputs that are lists."""
        return (spec for spec in self.inputs if spec.is_list)


def rule_name(rule: str) -> str:
    """A rule as it is looked up: line breaks of the file do not count."""
    return " ".join(rule.split())


def define(content: Mapping[str, Any]) -> Definition:
    """The definition in a tool's content."""
    return Definition(
        inputs=tuple(_input(raw) for raw in content.get("inputs", ())),
        outputs=tuple(_output(raw) for raw in content.get("outputs", ())),
        checks=tuple(Check(rule_name(raw["rule"]), raw["message"]) for raw in content.get("checks", ())),
        bands=tuple(
            Band(raw["key"], raw["label"], raw.get("text", ""))
            for raw in content.get("bands", ())
            if "key" in raw
        ),
        presets=tuple(_preset(raw) for raw in content.get("presets", ())),
        examples=tuple(_example(raw) for raw in content.get("examples", ())),
        caps=tuple(content.get("caps", ())),
    )


def _input(raw: Mapping[str, Any]) -> InputSpec:
    kind = InputKind(raw.get("type", InputKind.NUMBER))
    return InputSpec(
        key=raw["key"],
        label=raw.get("label", raw["key"]),
        kind=kind,
        unit=raw.get("unit", ""),
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        default=raw.get("default"),
        help=raw.get("help", ""),
        choices=tuple(raw.get("choices", ())),
        columns=tuple(_input(column) for column in raw.get("columns", ())),
    )


def _output(raw: Mapping[str, Any]) -> OutputSpec:
    return OutputSpec(
        raw["key"],
        raw.get("label", raw["key"]),
        raw.get("unit", ""),
        raw.get("formula", ""),
        raw.get("per", ""),
    )


def _preset(raw: Mapping[str, Any]) -> Preset:
    values = raw.get("values")
    return Preset(
        raw.get("name", ""),
        raw.get("for", ""),
        raw.get("text", ""),
        values if isinstance(values, Mapping) else {},
    )


def _example(raw: Mapping[str, Any]) -> Example:
    return Example(
        raw.get("name", ""), raw.get("inputs", {}), raw.get("outputs", {}), tuple(raw.get("warnings", ()))
    )


def _complete(spec: InputSpec, given: Mapping[str, Any]) -> Value:
    if not spec.is_list:
        value: Scalar = given.get(spec.key, spec.default)
        return value
    rows: Sequence[Row] = given.get(spec.key) or ()
    return tuple(spec.full_row(row) for row in rows)
