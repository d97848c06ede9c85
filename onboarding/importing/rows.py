"""Reads personnel's CSV line by line, in memory that does not grow with the file.

Columns, by name and in any order: `employee_id`, `email`, `effective` (2026-11-30); if known `name`, `share_of_time`
(per cent) and `experienced` (yes or no). Others are left alone. A line that cannot be used carries its faults and stops
none after it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

NEEDED = ("employee_id", "email", "effective")
YES, NO = ("yes", "y", "true", "1"), ("", "no", "n", "false", "0")
LONGEST = {"employee_id": 40, "email": 254, "name": 120}
MOST_SHARE = 100
FIELD_LIMIT = 10_000


class FileError(Exception):
    """The file as a whole cannot be used; its words are for people."""


@dataclass(slots=True)
class AppointmentRow:
    """One line of the file. `line` counts as an editor does, the header being 1."""

    line: int
    employee_id: str = ""
    email: str = ""
    name: str = ""
    effective: date | None = None
    share_of_time: int | None = None
    experienced: bool = False
    faults: list[str] = field(default_factory=list)


def read_rows(stream: Iterable[str]) -> Iterator[AppointmentRow]:
    """All lines that are not empty; raises `FileError` where the header lacks a column or the text is no text."""
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(stream)
    header = [name.strip().lower() for name in _next(reader) or []]
    if missing := [name for name in NEEDED if name not in header]:
        raise FileError(_("The file has no column %(names)s.") % {"names": ", ".join(missing)})
    while (cells := _next(reader)) is not None:
        if isinstance(cells, str):
            yield AppointmentRow(reader.line_num, faults=[cells])
        elif any(cell.strip() for cell in cells):
            yield _row(reader.line_num, header, cells)


def _next(reader: Any) -> list[str] | str | None:
    """The next cells, the fault of a line that cannot be read, or None at the end."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return _("The line cannot be read: %(error)s.") % {"error": error}
    except UnicodeDecodeError as error:
        raise FileError(_("The file is not in UTF-8. Save it as CSV UTF-8.")) from error


def _row(line: int, header: list[str], cells: list[str]) -> AppointmentRow:
    if len(cells) != len(header):
        counts = {"cells": len(cells), "columns": len(header)}
        return AppointmentRow(
            line, faults=[_("The line has %(cells)d cells, the header %(columns)d.") % counts]
        )
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    row = AppointmentRow(line, values["employee_id"], values["email"].lower(), values.get("name", ""))
    _check_texts(row, values)
    _read_date(row, values["effective"])
    _read_share(row, values.get("share_of_time", ""))
    _read_experienced(row, values.get("experienced", ""))
    return row


def _check_texts(row: AppointmentRow, values: Mapping[str, str]) -> None:
    if not row.employee_id:
        row.faults.append(_("The employee number is missing."))
    for name, most in LONGEST.items():
        if len(values.get(name, "")) > most:
            row.faults.append(
                _("%(name)s is longer than %(most)d characters.") % {"name": name, "most": most}
            )
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError:
            row.faults.append(_("“%(text)s” is no e-mail address.") % {"text": row.email})


def _read_date(row: AppointmentRow, text: str) -> None:
    try:
        row.effective = date.fromisoformat(text)
    except ValueError:
        row.faults.append(
            _("“%(text)s” is no date. Write 2026-11-30.") % {"text": text}
            if text
            else _("The date is missing.")
        )


def _read_share(row: AppointmentRow, text: str) -> None:
    if not text:
        return
    number = text.removesuffix("%").strip()
    if number.isascii() and number.isdigit() and int(number) <= MOST_SHARE:
        row.share_of_time = int(number)
    else:
        row.faults.append(_("“%(text)s” is no share of time. Write 0 to 100.") % {"text": text})


def _read_experienced(row: AppointmentRow, text: str) -> None:
    if text.lower() in (*YES, *NO):
        row.experienced = text.lower() in YES
    else:
        row.faults.append(_("“%(text)s” is neither yes nor no.") % {"text": text})
