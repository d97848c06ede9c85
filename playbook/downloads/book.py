"""A workbook that people like to work in: frozen headers, widths, lists to choose from, notes with help."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.cells import safe_cell
from playbook.downloads.about import Source, about_lines
from playbook.models import ToolPage

HEAD = PatternFill("solid", start_color="FFE1EFEA")
BOLD = Font(bold=True)
HINT = Font(italic=True, color="FF63686F")
WRAP = Alignment(wrap_text=True, vertical="top")
LONGEST_TITLE = 31
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
ROWS_TO_FILL = 300
LISTS = "Lists"
NARROW, USUAL, WIDE = 14, 24, 48
LONGEST_NOTE = 800
AUTHOR = "Alliance Commons"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the note on it, what may be chosen, its width."""

    header: str
    note: str = ""
    choices: tuple[str, ...] = ()
    width: int = USUAL
    is_date: bool = False


class Book:
    """A workbook in the making. Every text goes through `safe_cell`."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self._lists: dict[tuple[str, ...], str] = {}

    def table(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[object]] = (),
        *,
        to_fill: int = 0,
    ) -> Worksheet:
        """A sheet with a frozen header row; `to_fill` more rows get the lists to choose from."""
        sheet: Worksheet = self.workbook.create_sheet(self._title(title))
        for number, column in enumerate(columns, start=1):
            self._header(sheet, number, column)
        last = 1
        for last, row in enumerate(rows, start=2):
            for number, value in enumerate(row, start=1):
                cell = sheet.cell(last, number)
                cell.value = safe_cell(value)
                cell.alignment = WRAP
        for number, column in enumerate(columns, start=1):
            self._offer(sheet, number, column, last + to_fill)
        sheet.freeze_panes = "A2"
        if columns:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(last, 2)}"
        return sheet

    def about(self, tool: ToolPage, source: Source) -> None:
        """The last sheet but one: what this file is, and how to use the tool."""
        rows: list[tuple[object, object]] = list(about_lines(tool, source))
        rows += [
            (_("How to use it, %(number)d") % {"number": number}, line)
            for number, line in enumerate(tool.how.splitlines(), start=1)
        ]
        rows += [(_("Watch for"), check["message"]) for check in tool.parts.get("checks", ())]
        rows.append((_("Filled example, invented"), tool.example))
        self.table(_("About"), [Column(_("What"), width=USUAL), Column(_("Words"), width=100)], rows)

    def data(self) -> bytes:
        """The file. Lists to choose from stand on a hidden sheet at the end."""
        self._write_lists()
        stream = BytesIO()
        self.workbook.save(stream)
        return stream.getvalue()

    def _header(self, sheet: Worksheet, number: int, column: Column) -> None:
        cell = sheet.cell(1, number)
        cell.value = safe_cell(column.header)
        cell.font, cell.fill, cell.alignment = BOLD, HEAD, WRAP
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        if column.note:
            cell.comment = Comment(str(safe_cell(column.note))[:LONGEST_NOTE], AUTHOR, height=160, width=320)

    def _offer(self, sheet: Worksheet, number: int, column: Column, last: int) -> None:
        if last < 2 or not (column.choices or column.is_date):
            return
        letter = get_column_letter(number)
        if column.choices:
            rule = DataValidation(type="list", formula1=self._list(column.choices), allow_blank=True)
            rule.error = _("Choose one of the list.")
        else:
            rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
            rule.error = _("Write a date.")
            for row in range(2, last + 1):
                sheet[f"{letter}{row}"].number_format = "yyyy-mm-dd"
        rule.showErrorMessage = True
        rule.errorStyle = "warning"
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{last}")

    def _list(self, choices: tuple[str, ...]) -> str:
        """The range that holds these choices."""
        if choices not in self._lists:
            letter = get_column_letter(len(self._lists) + 1)
            self._lists[choices] = f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(choices)}"
        return self._lists[choices]

    def _write_lists(self) -> None:
        if not self._lists:
            return
        sheet = self.workbook.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for number, choices in enumerate(self._lists, start=1):
            for row, choice in enumerate(choices, start=1):
                sheet.cell(row, number).value = safe_cell(choice)

    def _title(self, title: str) -> str:
        """A name for a sheet: short, without forbidden signs, and only once."""
        clean = FORBIDDEN_IN_TITLE.sub(" ", title).strip() or "Sheet"
        taken = {name.casefold() for name in self.workbook.sheetnames} | {LISTS.casefold()}
        name, number = clean[:LONGEST_TITLE].strip(), 2
        while name.casefold() in taken:
            suffix = f" {number}"
            name, number = f"{clean[: LONGEST_TITLE - len(suffix)].strip()}{suffix}", number + 1
        return name
