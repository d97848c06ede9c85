"""The Word file of a tool: headings, fields with room to write, tables, and help as a hint in grey."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Pt, RGBColor

from core.cells import plain
from playbook.downloads.about import Source, about_lines
from playbook.models import ToolPage
from playbook.reading.tool import AgendaRow, agenda_of, checklist_of, field_groups
from playbook.reading.tool_fields import FieldView, PresetView, fields_of, presets_of, words

GREY = RGBColor(0x63, 0x68, 0x6F)
GRID = "Table Grid"
ROWS_TO_FILL = 4
SMALL = Pt(9)
TICK = "☐"


def tool_document(tool: ToolPage, source: Source, query: Mapping[str, str]) -> bytes:
    """The file of one tool."""
    return _Writer(tool, source).data()


class _Writer:
    """One document in the making. All text goes through `plain`; python-docx escapes it."""

    def __init__(self, tool: ToolPage, source: Source) -> None:
        self.tool, self.source, self.parts = tool, source, tool.parts
        self.document = Document()
        self.document.core_properties.title = plain(tool.title)
        self.document.core_properties.author = "Alliance Commons"
        self._footer()

    def data(self) -> bytes:
        """The file."""
        self.document.add_heading(plain(f"{self.tool.code} {self.tool.title}"), 0)
        self.document.add_paragraph(plain(self.tool.summary))
        self._section(_("Use it when"), [self.tool.use_when])
        self._section(_("How to use it"), self.tool.how.splitlines(), style="List Number")
        self._body()
        self._closing()
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def _body(self) -> None:
        self._fields(_("Before you start"), fields_of(self.parts, "settings"))
        for section in checklist_of(self.parts):
            self._checklist(section.title, section.tasks)
        if "items" in self.parts:
            self._agenda(_("Agenda"), agenda_of(self.parts["items"], {}))
        for group in field_groups(fields_of(self.parts, "sections")):
            self._fields(group.title or _("To fill in"), group.fields)
        columns = fields_of(self.parts, "columns")
        if columns:
            self.document.add_heading(_("Entries"), 1)
            self._table_to_fill(columns)

    def _closing(self) -> None:
        for title, name in ((_("Marks derived from it"), "views"), (_("Who sees what"), "visibility")):
            lines = [
                line if isinstance(line, str) else f"{line['label']}: {line['formula']}"
                for line in self.parts.get(name, ())
            ]
            self._section(title, lines, style="List Bullet")
        presets = presets_of(self.parts)
        if presets:
            self.document.add_heading(_("Presets"), 1)
        for preset in presets:
            self._preset(preset)
        self._section(
            _("What to watch for"),
            [check["message"] for check in self.parts.get("checks", ())],
            style="List Bullet",
        )
        self._section(_("A filled example, invented"), self.tool.example.split("\n\n"))
        self.document.add_heading(_("About this copy"), 1)
        self._grid((_("What"), _("Words")), about_lines(self.tool, self.source))

    def _section(self, title: str, paragraphs: Sequence[str], style: str | None = None) -> None:
        if not any(paragraphs):
            return
        self.document.add_heading(plain(title), 1)
        for text in paragraphs:
            self.document.add_paragraph(plain(text), style=style)

    def _fields(self, title: str, fields: Sequence[FieldView]) -> None:
        if not fields:
            return
        self.document.add_heading(plain(title), 1)
        for field in fields:
            self.document.add_heading(plain(field.label), 2)
            self._hint(_kind_line(field))
            self._hint(field.help)
            for line in (*field.points, *(f"{TICK} {choice}" for choice in field.choices)):
                self.document.add_paragraph(plain(line))
            if field.example:
                self._hint(_("For example: %(example)s") % {"example": field.example_text})
            if field.columns:
                self._table_to_fill(field.columns)
            elif not field.choices:
                self.document.add_paragraph()

    def _table_to_fill(self, columns: Sequence[FieldView]) -> None:
        """What the columns mean, then empty rows. Wide tables are filled column by column, as lines of a form."""
        rows = [
            (
                field.label,
                "\n".join(part for part in (field.help, ", ".join(field.choices)) if part),
                field.example_text,
            )
            for field in columns
        ]
        self._grid((_("Column"), _("What to write"), _("For example")), rows)
        self.document.add_paragraph()
        self._grid(tuple(field.label for field in columns), [("",) * len(columns)] * ROWS_TO_FILL)
        self.document.add_paragraph()

    def _checklist(self, title: str, tasks: Sequence[Mapping[str, Any]]) -> None:
        self.document.add_heading(plain(title), 1)
        headers = ("", _("What to do"), _("Due day"), _("Owner"), _("Done, evidence"))
        table = self._grid(headers, [])
        for task in tasks:
            cells = table.add_row().cells
            cells[0].text = TICK
            blocking = _(" (blocking)") if task.get("blocking") else ""
            cells[1].text = plain(f"{task['text']}{blocking}")
            self._hint(task.get("help", ""), cells[1].add_paragraph())
            cells[2].text, cells[3].text = words(task.get("due_day")), plain(task.get("owner", ""))

    def _agenda(self, title: str, rows: Sequence[AgendaRow]) -> None:
        self.document.add_heading(plain(title), 1)
        table = self._grid((_("Time"), _("Item"), _("Minutes"), _("Leader"), _("Purpose")), [])
        for row in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = f"{row.starts} to {row.ends}", plain(row.title)
            self._hint("".join(piece.text for piece in row.help), cells[1].add_paragraph())
            cells[2].text, cells[3].text, cells[4].text = (
                str(row.minutes),
                plain(row.leader),
                row.purpose_label,
            )

    def _preset(self, preset: PresetView) -> None:
        self.document.add_heading(plain(preset.name), 2)
        self._hint(preset.fits)
        for text in preset.text.split("\n\n") if preset.text else ():
            self.document.add_paragraph(plain(text))
        for line in preset.lines:
            if line.table:
                self.document.add_paragraph(plain(line.label))
                self._grid(line.table.headers, line.table.rows)
            elif line.lines:
                self.document.add_paragraph(plain(line.label))
                for part in line.lines:
                    self.document.add_paragraph(plain(part), style="List Bullet")
            else:
                self.document.add_paragraph(plain(f"{line.label}: {line.text}"))

    def _grid(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
        table = self.document.add_table(rows=1, cols=len(headers))
        table.style = GRID
        for cell, header in zip(table.rows[0].cells, headers, strict=True):
            cell.paragraphs[0].add_run(plain(header)).bold = True
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = plain(text)
        return table

    def _hint(self, text: str, paragraph: Any = None) -> None:
        if not text:
            return
        run = (paragraph or self.document.add_paragraph()).add_run(plain(text))
        run.italic, run.font.size, run.font.color.rgb = True, SMALL, GREY

    def _footer(self) -> None:
        lines = dict(about_lines(self.tool, self.source))
        text = " · ".join((lines[_("Tool")], lines[_("Version")], lines[_("Downloaded")], lines[_("Status")]))
        run = self.document.sections[0].footer.paragraphs[0].add_run(plain(text))
        run.font.size, run.font.color.rgb = SMALL, GREY


def _kind_line(field: FieldView) -> str:
    parts = [field.kind_label, field.limits, _("required") if field.required else _("optional")]
    return ", ".join(part for part in parts if part)
