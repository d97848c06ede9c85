"""Reads CSV, JSON and JSON Lines row by row, in memory that does not grow with the file.

A row that cannot be read is handed on as one with a `fault`; it never stops those after it. Bytes that are not valid
in the stated encoding are read as Windows-1252, which is what they nearly always are, and the row is marked.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO, Any

from lessons.importing.mapping import ImportMapping, MappingError

FIELD_LIMIT = 2_000_000
CHUNK = 65_536
FIRST_ROW = 2
FIRST_ESCAPE, LAST_ESCAPE = 0xDC80, 0xDCFF
BYTE_OF_ESCAPE = 0xDC00


@dataclass(slots=True)
class RawRow:
    """One record as the file has it. `number` is its row as a spreadsheet counts it, or its place from 1 in JSON."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    repaired: bool = False


def read_rows(path: Path, mapping: ImportMapping) -> Iterator[RawRow]:
    """All rows of a file; raises `MappingError` where the file as a whole cannot be used."""
    reader = {".csv": _read_csv, ".json": _read_json, ".jsonl": _read_lines}.get(path.suffix.lower())
    if reader is None:
        raise MappingError(f"{path.name} is not a .csv, .json or .jsonl file.")
    try:
        with path.open(encoding=mapping.encoding, errors="surrogateescape", newline="") as stream:
            yield from reader(stream, mapping)
    except (OSError, LookupError) as error:
        raise MappingError(f"{path.name} cannot be read: {error}") from error


def _read_csv(stream: IO[str], mapping: ImportMapping) -> Iterator[RawRow]:
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(stream)
    header = [name.strip() for name in next(reader, [])]
    missing = sorted(mapping.columns - set(header))
    if missing:
        raise MappingError(f"The file has no column {', '.join(missing)}.")
    for number in count(FIRST_ROW):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield RawRow(number=number, fault=f"The row cannot be read: {error}.")
            continue
        if cells:
            yield _csv_row(number, header, cells)


def _csv_row(number: int, header: list[str], cells: list[str]) -> RawRow:
    if len(cells) != len(header):
        return RawRow(number=number, fault=f"The row has {len(cells)} columns, the header {len(header)}.")
    return _repaired(RawRow(number=number, values=dict(zip(header, cells, strict=True))))


def _read_lines(stream: IO[str], mapping: ImportMapping) -> Iterator[RawRow]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield RawRow(number=number, fault=f"The line is not valid JSON: {error}.")
            continue
        yield _json_row(number, record)


def _read_json(stream: IO[str], mapping: ImportMapping) -> Iterator[RawRow]:
    """Takes one record after the other out of a JSON list, with no more than one of them in memory."""
    decoder, buffer = json.JSONDecoder(), stream.read(CHUNK).lstrip()
    if not buffer.startswith("["):
        raise MappingError("The JSON file is not a list of records.")
    buffer, number = buffer[1:], 0
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer.startswith("]"):
            return
        try:
            record, end = decoder.raw_decode(buffer)
        except RecursionError as error:
            yield RawRow(number=number + 1, fault=f"The rest of the file is nested too deep: {error}.")
            return
        except ValueError as error:
            more = stream.read(CHUNK)
            if not more or len(buffer) > FIELD_LIMIT:
                yield RawRow(number=number + 1, fault=f"The rest of the file is not valid JSON: {error}.")
                return
            buffer += more
            continue
        number += 1
        buffer = buffer[end:]
        yield _json_row(number, record)


def _json_row(number: int, record: Any) -> RawRow:
    if not isinstance(record, dict):
        return RawRow(number=number, fault="The record is not an object with named fields.")
    return _repaired(
        RawRow(number=number, values={str(name): _text(value) for name, value in record.items()})
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _repaired(row: RawRow) -> RawRow:
    values = {name: _without_escapes(value) for name, value in row.values.items()}
    row.repaired = values != row.values
    row.values = values
    return row


def _without_escapes(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        bytes([ord(char) - BYTE_OF_ESCAPE]).decode("cp1252", "replace")
        if FIRST_ESCAPE <= ord(char) <= LAST_ESCAPE
        else char
        for char in text
    )
