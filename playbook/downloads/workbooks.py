"""The workbook of a tool, by its kind: something to fill in first, then what the fields mean, presets and the source."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from playbook.blocks.tool_parts import FieldType
from playbook.downloads.about import Source
from playbook.downloads.book import NARROW, ROWS_TO_FILL, USUAL, WIDE, Book, Column
from playbook.downloads.figures import add_calculator
from playbook.models import ToolPage
from playbook.reading.tool_fields import FieldView, PresetView, fields_of, presets_of, words

STATES = ("open", "done", "not applicable")
LONG = frozenset({FieldType.LONG_TEXT, FieldType.LIST})
SHORT = frozenset({FieldType.NUMBER, FieldType.DAYS, FieldType.DATE, FieldType.YES_NO, FieldType.MONEY})


def tool_workbook(tool: ToolPage, source: Source, query: Mapping[str, str]) -> bytes:
    """The file of one tool."""
    book, parts = Book(), tool.parts
    if tool.calculates:
        add_calculator(book, tool, query)
    elif "blocks" in parts:
        _add_survey(book, parts)
    elif any("items" in section for section in parts.get("sections", ())):
        _add_checklist(book, parts)
    _add_forms(book, parts)
    if not tool.calculates:
        _add_presets(book, parts)
    book.about(tool, source)
    return book.data()


def column_of(field: FieldView) -> Column:
    """A field as a column to fill in."""
    width = WIDE if field.kind in LONG else NARROW if field.kind in SHORT else USUAL
    note = "\n".join(part for part in (field.help, _example_line(field), field.limits) if part)
    yes_no = (_("yes"), _("no")) if field.kind == FieldType.YES_NO else ()
    return Column(field.label, note, field.choices or yes_no, width, field.kind == FieldType.DATE)


def _example_line(field: FieldView) -> str:
    return _("For example: %(example)s") % {"example": field.example_text} if field.example else ""


def _add_forms(book: Book, parts: Mapping[str, Any]) -> None:
    """Forms and tables of fields, then one sheet that explains all of them."""
    columns = fields_of(parts, "columns")
    if columns:
        book.table(_("Entries"), [column_of(field) for field in columns], to_fill=ROWS_TO_FILL)
    heads = [(_("Settings"), "settings"), (_("Head of the sheet"), "sections")]
    heads += [(_("About the respondent"), "respondent"), (_("After the survey"), "follow_up")]
    explained: list[tuple[str, FieldView]] = [(_("Entries"), field) for field in columns]
    for title, name in heads:
        fields = fields_of(parts, name)
        if fields:
            _add_form(book, title, fields)
            explained += [(title, field) for field in fields]
        for field in fields:
            if field.columns:
                book.table(field.label, [column_of(column) for column in field.columns], to_fill=ROWS_TO_FILL)
                explained += [(field.label, column) for column in field.columns]
    if explained:
        _explain(book, explained)


def _add_form(book: Book, title: str, fields: tuple[FieldView, ...]) -> None:
    header = [Column(_("Field")), Column(_("Your words"), width=WIDE), Column(_("What to write"), width=WIDE)]
    book.table(title, header, [(field.label, None, field.help) for field in fields])


def _explain(book: Book, explained: list[tuple[str, FieldView]]) -> None:
    header = [
        Column(_("Sheet")),
        Column(_("Field")),
        Column(_("Kind"), width=NARROW),
        Column(_("Required"), width=NARROW),
        Column(_("What to write"), width=WIDE),
        Column(_("Choices"), width=WIDE),
        Column(_("For example"), width=WIDE),
    ]
    rows = [
        (
            sheet,
            field.label,
            field.kind_label,
            words(field.required),
            "\n".join((field.help, *field.points)).strip(),
            "\n".join(field.choices) or field.limits,
            field.example_text,
        )
        for sheet, field in explained
    ]
    book.table(_("What the fields mean"), header, rows)


def _add_checklist(book: Book, parts: Mapping[str, Any]) -> None:
    header = [
        Column(_("Section"), width=USUAL),
        Column(_("What to do"), width=WIDE),
        Column(_("Due day"), _("Calendar days from day 0."), width=NARROW),
        Column(_("Blocking"), _("Holds something up until it is done."), width=NARROW),
        Column(_("Owner"), width=USUAL),
        Column(_("Help"), width=WIDE),
        Column(_("State"), choices=STATES, width=NARROW),
        Column(_("Named person"), width=USUAL),
        Column(_("Evidence or reason"), width=WIDE),
    ]
    rows = [
        (
            section["title"],
            task["text"],
            task.get("due_day"),
            words(task["blocking"]),
            task.get("owner"),
            task.get("help"),
            STATES[0],
            None,
            None,
        )
        for section in parts["sections"]
        for task in section["items"]
    ]
    book.table(_("Checklist"), header, rows)


def _add_survey(book: Book, parts: Mapping[str, Any]) -> None:
    scale = tuple(words(point["value"]) for point in parts.get("scale", ()))
    for block in parts["blocks"]:
        own = tuple(words(point["value"]) for point in block.get("scale", ())) or (
            () if "answer" in block else scale
        )
        header = [
            Column(_("Statement"), block.get("intro", ""), width=WIDE),
            Column(_("Answer"), choices=own, width=NARROW),
            Column(_("Help"), width=WIDE),
            Column(_("Choices and anchors"), width=WIDE),
            Column(_("A low score means"), width=WIDE),
            Column(_("Reversed"), width=NARROW),
        ]
        rows = [_statement(item) for item in block["items"]]
        if block.get("comment"):
            rows.append((block["comment"], None, "", "", "", ""))
        book.table(block["title"], header, rows)
    _add_scale(book, parts)
    _add_scoring(book, parts)


def _statement(item: Mapping[str, Any]) -> tuple[object, ...]:
    anchors = [f"{words(anchor['value'])}: {anchor['label']}" for anchor in item.get("anchors", ())]
    return (
        item["text"],
        None,
        item.get("help", ""),
        "\n".join((*item.get("choices", ()), *anchors)),
        item.get("low_means", ""),
        words(item["reverse"]),
    )


def _add_scale(book: Book, parts: Mapping[str, Any]) -> None:
    """The scale of the survey, and the own scales of single blocks."""
    header = [
        Column(_("Used in")),
        Column(_("Value"), width=NARROW),
        Column(_("Label")),
        Column(_("Help"), width=WIDE),
    ]
    rows = _points(_("All other blocks"), parts)
    for block in parts["blocks"]:
        rows += _points(block["title"], block)
    if parts.get("intro"):
        rows.append((_("What respondents read first"), None, None, parts["intro"]))
    book.table(_("Scale"), header, rows)


def _points(where: str, part: Mapping[str, Any]) -> list[tuple[object, ...]]:
    return [
        (
            where,
            point["value"],
            point["label"],
            "\n".join(text for text in (point.get("help"), point.get("help_works")) if text),
        )
        for point in part.get("scale", ())
    ]


def _add_scoring(book: Book, parts: Mapping[str, Any]) -> None:
    header = [
        Column(_("What")),
        Column(_("How"), width=WIDE),
        Column(_("Unit")),
        Column(_("Note"), width=WIDE),
    ]
    rows: list[tuple[object, ...]] = [
        (score["label"], score["formula"], score.get("unit", ""), score.get("note", ""))
        for score in parts.get("scoring", ())
    ]
    rows += [(band["label"], band["text"], words(band.get("from")), "") for band in parts.get("bands", ())]
    rows += [(_("Who sees what"), line, "", "") for line in parts.get("visibility", ())]
    book.table(_("Scoring"), header, rows)


def _add_presets(book: Book, parts: Mapping[str, Any]) -> None:
    """One list of all presets; those that bring rows get a sheet of rows each."""
    presets = presets_of(parts)
    rows: list[tuple[object, ...]] = []
    for preset in presets:
        rows += _preset_rows(preset)
    if rows:
        header = [
            Column(_("Preset")),
            Column(_("For"), width=WIDE),
            Column(_("Field")),
            Column(_("Words"), width=80),
        ]
        book.table(_("Presets"), header, rows)
    for preset in presets:
        for line in preset.lines:
            if line.table:
                header = [Column(title) for title in line.table.headers]
                book.table(preset.name, header, line.table.rows)


def _preset_rows(preset: PresetView) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [(preset.name, preset.fits, "", preset.text)]
    rows += [
        (preset.name, "", line.label, "\n".join(line.lines) or line.text)
        for line in preset.lines
        if line.table is None
    ]
    return rows
