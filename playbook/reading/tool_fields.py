"""Fields, columns and presets of a tool in words, the same for its page and its downloads.

Reads the parts of a tool (`ToolPage.parts`). Values keep the order of the file; what a preset fills in is told by the
labels of the fields, never by their keys.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from playbook.blocks.tool_parts import FieldType

Part = Mapping[str, Any]
FIELD_PARTS = ("settings", "respondent", "sections", "columns", "follow_up")
NOT_SHOWN = frozenset({"due_day_formula"})
HEADINGS = {
    "not_applicable": gettext_lazy("Not applicable"),
    "only": gettext_lazy("Only these items"),
    "before_day_zero": gettext_lazy("Before day 0"),
    "first": gettext_lazy("Do these first"),
    "day_zero": gettext_lazy("Day 0"),
    "due_day": gettext_lazy("Due days"),
    "days_to_end": gettext_lazy("Days to the end"),
    "reason": gettext_lazy("Reason"),
    "rows": gettext_lazy("Rows"),
    "charters": gettext_lazy("Charters"),
    "blocks": gettext_lazy("Blocks"),
    "without": gettext_lazy("Without"),
    "items": gettext_lazy("Items"),
    "edition": gettext_lazy("Edition"),
    "scope": gettext_lazy("Scope"),
    "rater": gettext_lazy("Answered as"),
    "aspect": gettext_lazy("Items"),
    "show_previous": gettext_lazy("Show the last run"),
    "compare_with_previous": gettext_lazy("Compare with the last run"),
    "choose_items": gettext_lazy("Items to choose"),
    "add_to_block": gettext_lazy("Added to block"),
    "minutes": gettext_lazy("Minutes"),
    "title": gettext_lazy("Item"),
    "leader": gettext_lazy("Leader"),
    "purpose": gettext_lazy("Purpose"),
    "help": gettext_lazy("Help"),
    "text": gettext_lazy("Text"),
    "low_means": gettext_lazy("A low score means"),
}


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a form or one column of a table. `example` holds one line or several."""

    key: str
    label: str
    kind: str
    kind_label: str
    required: bool
    help: str
    choices: tuple[str, ...]
    example: tuple[str, ...]
    limits: str
    default: str
    group: str
    points: tuple[str, ...]
    columns: tuple["FieldView", ...]

    @property
    def example_text(self) -> str:
        """The example in one piece."""
        return "\n".join(self.example)


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of words."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PresetLine:
    """What a preset says about one field: words, several lines, or a table."""

    label: str
    text: str = ""
    lines: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class PresetView:
    """One preset."""

    name: str
    fits: str
    text: str
    lines: tuple[PresetLine, ...]


def words(value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(words(part) for part in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {words(part)}" for key, part in value.items())
    return str(value)


def field_view(raw: Part) -> FieldView:
    """One field."""
    kind = raw.get("type", FieldType.NUMBER)
    return FieldView(
        key=raw["key"],
        label=raw["label"],
        kind=kind,
        kind_label=str(FieldType(kind).label) if kind in FieldType.values else kind,
        required=bool(raw.get("required", False)),
        help=raw.get("help", ""),
        choices=tuple(raw.get("choices", ())),
        example=_example(raw.get("example")),
        limits=_limits(raw),
        default=words(raw.get("default")),
        group=raw.get("group", ""),
        points=_points(raw),
        columns=tuple(field_view(column) for column in raw.get("columns", ())),
    )


def fields_of(parts: Part, name: str) -> tuple[FieldView, ...]:
    """The fields in one part; none where the part is no form."""
    return tuple(field_view(raw) for raw in parts.get(name, ()) if "label" in raw)


def _example(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(words(part) for part in value)
    return () if value in (None, "") else (words(value),)


def _limits(raw: Part) -> str:
    low, high = raw.get("min"), raw.get("max")
    if low is None and high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": words(low), "high": words(high)}


def _points(raw: Part) -> tuple[str, ...]:
    """What the numbers of a field mean, from `labels` or its own scale."""
    lowest = raw.get("min")
    start = lowest if isinstance(lowest, int) and lowest else 1  # an editor may have written words
    named = [f"{start + place}: {label}" for place, label in enumerate(raw.get("labels", ()))]
    scaled = [
        f"{words(point['value'])}: {point['label']}. {point.get('help', '')}".strip()
        for point in raw.get("scale", ())
    ]
    return tuple(named + scaled)


def labels_in(parts: Part) -> dict[str, str]:
    """Words for every key of a tool: fields, columns, tasks, agenda items, blocks and statements."""
    found: dict[str, str] = {key: str(label) for key, label in HEADINGS.items()}
    for name in ("inputs", *FIELD_PARTS):
        for raw in parts.get(name, ()):
            found |= _labels_of(raw)
    for raw in (*parts.get("items", ()), *parts.get("blocks", ())):
        found |= _labels_of(raw)
    return found


def _labels_of(raw: Part) -> dict[str, str]:
    own = raw.get("label") or raw.get("title") or raw.get("text") or ""
    found = {raw["key"]: own} if "key" in raw and own else {}
    for inner in (*raw.get("columns", ()), *raw.get("items", ())):
        found |= _labels_of(inner)
    return found


def presets_of(parts: Part) -> list[PresetView]:
    """The presets in words."""
    labels = labels_in(parts)
    return [
        PresetView(
            preset.get("name", ""),
            preset.get("for", ""),
            preset.get("text", ""),
            tuple(_preset_lines(preset.get("values"), labels)),
        )
        for preset in parts.get("presets", ())
    ]


def _preset_lines(values: Any, labels: Mapping[str, str]) -> Iterable[PresetLine]:
    if isinstance(values, list):
        values = {"rows": values}
    for key, value in (values or {}).items():
        if key not in NOT_SHOWN:
            yield _preset_line(label_of(key, labels), value, labels)


def _preset_line(label: str, value: Any, labels: Mapping[str, str]) -> PresetLine:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return PresetLine(label, table=table_of(value, labels))
    if isinstance(value, list):
        return PresetLine(
            label,
            lines=tuple(labels.get(part, words(part)) for part in value),
            text=_("none") if not value else "",
        )
    if isinstance(value, Mapping):
        rows = tuple((label_of(key, labels), words(part)) for key, part in value.items())
        return PresetLine(label, table=Table((_("Item"), label), rows))
    return PresetLine(
        label, text=words(value).replace("_", " ") if value in ("clearance_date",) else words(value)
    )


def table_of(rows: list[Part], labels: Mapping[str, str]) -> Table:
    """Rows of fields as a table; a column for every key that any row has."""
    keys = [key for key in dict.fromkeys(key for row in rows for key in row) if key != "key"]
    return Table(
        tuple(label_of(key, labels) for key in keys),
        tuple(tuple(words(row.get(key)) for key in keys) for row in rows),
    )


def label_of(key: str, labels: Mapping[str, str]) -> str:
    """The words for a key."""
    return labels.get(key) or key.replace("_", " ").capitalize()
