"""The report as a CSV file: one line a figure, numbers as spreadsheets read them, never the name of a person."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from core.cells import CellValue, safe_cell
from mentoring.reporting.cohort import Stage
from mentoring.reporting.figures import too_few
from mentoring.reporting.report import Report

MARK = "\ufeff"
"""Without it, spreadsheet programs take the file for one of an older encoding."""
Row = tuple[object, ...]


def file_name(report: Report) -> str:
    """Which figures, and of which day."""
    return f"mentoring-figures-{report.period.span.value}-{report.period.until.isoformat()}.csv"


def figures_file(report: Report) -> str:
    """The whole file."""
    out = StringIO()
    writer = csv.writer(out)
    since = report.period.since.isoformat() if report.period.since else ""
    until = report.period.until.isoformat()
    writer.writerow(_safe((*_header(), _("From"), _("Until"))))
    for row in _rows(report):
        writer.writerow(_safe((*row, since, until)))
    return MARK + out.getvalue()


def _safe(row: Row) -> list[CellValue]:
    return [safe_cell(value) for value in row]


def _header() -> Row:
    return (
        _("Figure"),
        _("Group"),
        _("Value"),
        _("Unit"),
        _("Cases"),
        _("Target"),
        _("Standing"),
        _("How it is counted"),
    )


def _rows(report: Report) -> Iterator[Row]:
    everybody, people = _("Everybody"), _("people")
    for one in report.figures:
        value = too_few() if one.value is None else round(one.value, 2)
        kind = one.kind
        yield kind.label, everybody, value, kind.unit, one.cases, kind.target, one.standing, kind.how
    for line in report.funnel:
        count = too_few() if line.count is None else line.count
        yield line.label, everybody, count, people, "", "", "", line.how
    for group in report.groups:
        for stage, cell in zip(Stage, group.cells, strict=True):
            yield stage.label, group.label, withheld() if cell is None else cell, people, "", "", "", ""


def withheld() -> str:
    """A count of the table that is not shown: too small itself, or it would give away one that is."""
    return _("withheld")
