"""A calculator's workbook: the figures somebody typed, the result they give, how it is computed, worked examples.

The result is written as figures, not as formulas: the portal computes, the file keeps what it said.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from playbook.calculators import calculator_for, define
from playbook.calculators.definition import InputSpec
from playbook.calculators.typed import in_words
from playbook.downloads.book import NARROW, USUAL, WIDE, Book, Column
from playbook.models import ToolPage
from playbook.reading.calculator import FieldView, Sheet, sheet_from
from playbook.reading.tool_fields import words


def add_calculator(book: Book, tool: ToolPage, query: Mapping[str, str]) -> None:
    """All sheets of a calculator."""
    calculator = calculator_for(tool.code or "")
    if calculator is None:
        return
    sheet = sheet_from(calculator, define(tool.parts), query, tool.get_absolute_url())
    _add_result(book, sheet)
    _add_inputs(book, sheet)
    _add_rows(book, sheet)
    _add_examples(book, sheet)
    _add_presets(book, sheet)


def _add_result(book: Book, sheet: Sheet) -> None:
    header = [
        Column(_("Result"), width=WIDE),
        Column(_("Value"), width=USUAL),
        Column(_("Unit")),
        Column(_("How it is computed"), width=80),
    ]
    rows: list[tuple[object, ...]] = []
    if sheet.result is None:
        rows += [(_("No result yet"), None, "", message) for _element, message in sheet.problems]
    else:
        rows += [(figure.label, figure.text, figure.unit, figure.formula) for figure in sheet.result.figures]
        rows += [
            (_("What it means"), figure.band.label, "", figure.band.text)
            for figure in sheet.result.headline
            if figure.band
        ]
        rows += [(_("Read this first"), None, "", message) for message in sheet.result.warnings]
    book.table(_("Result"), header, rows)


def _add_inputs(book: Book, sheet: Sheet) -> None:
    header = [
        Column(_("Input"), width=WIDE),
        Column(_("Your figure"), width=USUAL),
        Column(_("Bounds")),
        Column(_("What it means"), width=80),
    ]
    specs = {spec.key: spec for spec in sheet.definition.inputs}
    rows = [(field.label, _number(field), _bounds(specs[field.name]), field.help) for field in sheet.fields]
    book.table(_("Inputs"), header, rows)


def _add_rows(book: Book, sheet: Sheet) -> None:
    for place, entry in enumerate(sheet.lists):
        header = [
            Column(spec.label, spec.help, spec.choices, USUAL if spec.choices else NARROW)
            for spec in entry.spec.columns
        ]
        rows = [tuple(_number(field) for field in row.fields) for row in entry.rows]
        book.table(entry.spec.label, header, rows)
        help_rows = [(entry.spec.label, entry.spec.help, "")]
        help_rows += [(spec.label, spec.help, ", ".join(spec.choices)) for spec in entry.spec.columns]
        columns = [
            Column(_("Column")),
            Column(_("What it means"), width=80),
            Column(_("Choices"), width=WIDE),
        ]
        book.table(_("%(list)s, columns") % {"list": entry.spec.label}, columns, help_rows)
        if sheet.result and place < len(sheet.result.tables):
            table = sheet.result.tables[place]
            title = _("%(list)s, result") % {"list": entry.spec.label}
            book.table(title, [Column(text) for text in table.headers], table.rows)


def _add_examples(book: Book, sheet: Sheet) -> None:
    header = [
        Column(_("Worked example"), width=WIDE),
        Column(_("What"), width=USUAL),
        Column(_("Name"), width=USUAL),
        Column(_("Value"), width=WIDE),
    ]
    labels = {spec.key: spec.label for spec in sheet.definition.inputs}
    labels |= {spec.key: spec.label for spec in sheet.definition.outputs}
    rows: list[tuple[object, ...]] = []
    for example in sheet.definition.examples:
        for what, values in ((_("Input"), example.inputs), (_("Output"), example.outputs)):
            rows += [
                (example.name, what, labels.get(key, key), _cell(value)) for key, value in values.items()
            ]
        rows += [(example.name, _("Message"), "", message) for message in example.warnings]
    book.table(_("Worked examples"), header, rows)


def _add_presets(book: Book, sheet: Sheet) -> None:
    header = [Column(_("Preset")), Column(_("For"), width=WIDE), Column(_("What"), width=80)]
    labels = {spec.key: spec.label for spec in sheet.definition.inputs}
    rows = [
        (
            preset.name,
            preset.fits,
            preset.text
            or "\n".join(f"{labels.get(key, key)}: {words(value)}" for key, value in preset.values.items()),
        )
        for preset in sheet.definition.presets
    ]
    book.table(_("Presets"), header, rows)


def _cell(value: object) -> object:
    return words(value) if isinstance(value, list) else value


def _bounds(spec: InputSpec) -> str:
    return in_words(spec) if spec.minimum is not None else ""


def _number(field: FieldView) -> object:
    """What was typed, as a number where it is one."""
    if field.control in ("number", "scores", "check"):
        try:
            return float(field.words)
        except ValueError:
            return field.words
    return field.words
