"""Tools as files that people fill in: xlsx for what is counted and sorted, docx for what is written.

A file says of itself where it comes from, of which day it is, and that it is an uncontrolled copy. Texts are put into
cells so that no spreadsheet program takes them for formulas.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playbook.downloads.about import Source
from playbook.downloads.documents import tool_document
from playbook.downloads.workbooks import tool_workbook
from playbook.models import ToolPage
from playbook.models.tool import ToolKind

DOCX, XLSX = "docx", "xlsx"
CONTENT_TYPES: Mapping[str, str] = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMATS: Mapping[str, tuple[str, ...]] = {
    ToolKind.CHECKLIST: (XLSX, DOCX),
    ToolKind.TEMPLATE: (DOCX,),
    ToolKind.REGISTER: (XLSX,),
    ToolKind.MATRIX: (XLSX, DOCX),
    ToolKind.MAP: (XLSX,),
    ToolKind.AGENDA: (DOCX,),
    ToolKind.SURVEY: (XLSX,),
    ToolKind.CALCULATOR: (XLSX,),
}
MAKERS: Mapping[str, Callable[[ToolPage, Source, Mapping[str, str]], bytes]] = {
    DOCX: tool_document,
    XLSX: tool_workbook,
}


@dataclass(frozen=True, slots=True)
class Download:
    """One file."""

    name: str
    content_type: str
    data: bytes


def formats_of(tool: ToolPage) -> tuple[str, ...]:
    """The files a tool is offered as; a template with a table of rows is offered as a workbook too."""
    formats = FORMATS.get(tool.kind, (XLSX,))
    return (*formats, XLSX) if tool.parts.get("columns") and XLSX not in formats else formats


def make_download(tool: ToolPage, extension: str, source: Source, query: Mapping[str, str]) -> Download:
    """The file of a tool; `query` are the figures typed into a calculator. Raises `KeyError` for another extension."""
    data = MAKERS[extension](tool, source, query)
    return Download(f"{tool.code}-{tool.slug}.{extension}", CONTENT_TYPES[extension], data)


__all__ = ["CONTENT_TYPES", "Download", "Source", "formats_of", "make_download"]
