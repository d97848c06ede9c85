"""Judges one row: accepted, accepted with a warning, or rejected, always with the reasons.

Only title, text, date and source are needed. A missing title becomes the first sentence of the text, with a warning. A
row whose required text only points elsewhere, or whose text was redacted, holds no lesson and is rejected.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from lessons.importing.cleaning import clean, first_sentence, one_line, shortened
from lessons.importing.mapping import ImportMapping
from lessons.importing.reading import RawRow
from lessons.models.lesson import TITLE_LENGTH
from lessons.pointing import points_elsewhere

KEY_LENGTH = 120
URL_LENGTH = 500
SUMMARY_LENGTH = 300
MADE_TITLE_LENGTH = 120
TEXT_LENGTH = 200_000
SHORTEST_TEXT = 20


class Verdict(StrEnum):
    """What happens to a row."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REJECTED = "rejected"


@dataclass(slots=True)
class JudgedRow:
    """A row with its reasons and, unless rejected, the values of the lesson it becomes."""

    number: int
    key: str = ""
    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    recorded: date | None = None
    url: str = ""
    terms: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """Accepted, warned or rejected."""
        if self.faults:
            return Verdict.REJECTED
        return Verdict.WARNED if self.warnings else Verdict.ACCEPTED

    @property
    def reasons(self) -> list[str]:
        """Faults first."""
        return [*self.faults, *self.warnings]

    @property
    def content_hash(self) -> str:
        """Stands for everything the import writes: equal where a second import has nothing to change."""
        content = [self.title, self.texts, str(self.recorded), self.url, self.terms, self.extra]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def judge(raw: RawRow, mapping: ImportMapping, codes: Mapping[str, frozenset[str]]) -> JudgedRow:
    """Judges a row. `codes` are the codes of each vocabulary that a facet may point to."""
    row = JudgedRow(number=raw.number)
    row.key = raw.values.get(mapping.key, "").strip()[: KEY_LENGTH + 1]
    if raw.fault or (unreadable := _unreadable(raw)):
        row.faults.append(raw.fault or unreadable)
        return row
    if raw.repaired:
        row.warnings.append("Bytes outside the encoding were read as Windows-1252.")
    _take_texts(row, raw, mapping)
    _take_key_and_title(row, raw, mapping)
    row.recorded = _date(row, raw.values.get(mapping.date_column, ""), mapping.date_formats)
    row.url = _url(row, raw.values.get(mapping.url, "").strip())
    row.terms = dict(_terms(row, raw, mapping, codes))
    row.extra = {name: tidied for name in mapping.extra if (tidied := _plain(raw, name, mapping))}
    return row


def _unreadable(raw: RawRow) -> str:
    for name, value in raw.values.items():
        if "\0" in value:
            return f"{name} holds a NUL character, which no database text may hold."
        if not _is_unicode(value):
            return f"{name} holds half a character, which is no valid Unicode text."
    return ""


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(raw: RawRow, column: str, mapping: ImportMapping) -> str:
    return clean(raw.values.get(column, ""), mapping).strip(", ")


def _take_texts(row: JudgedRow, raw: RawRow, mapping: ImportMapping) -> None:
    texts: dict[str, str] = {}
    for target, columns in mapping.texts.items():
        parts = [clean(raw.values.get(column, ""), mapping) for column in columns]
        texts[target] = "\n\n".join(part for part in parts if part)
    required = texts[mapping.required]
    if len(required) > TEXT_LENGTH:
        row.faults.append(f"The text is longer than {TEXT_LENGTH} characters.")
    elif fault := _empty_lesson(required, mapping):
        row.faults.append(fault)
    if len(texts.get("summary", "")) > SUMMARY_LENGTH:
        texts["summary"] = shortened(texts["summary"], limit=SUMMARY_LENGTH)
        row.warnings.append("The summary was shortened.")
    row.texts = {target: text for target, text in texts.items() if text}


def _empty_lesson(text: str, mapping: ImportMapping) -> str:
    if not text:
        return "There is no text."
    for pattern, reason in mapping.reject:
        if pattern.search(text):
            return reason
    if points_elsewhere(text):
        return f"The text only points elsewhere: “{text}”."
    if len(text) < SHORTEST_TEXT:
        return f"The text is shorter than {SHORTEST_TEXT} characters: “{text}”."
    return ""


def _take_key_and_title(row: JudgedRow, raw: RawRow, mapping: ImportMapping) -> None:
    if not row.key:
        row.faults.append(f"{mapping.key} is empty.")
    elif len(row.key) > KEY_LENGTH:
        row.faults.append(f"{mapping.key} is longer than {KEY_LENGTH} characters.")
    title = one_line(clean(raw.values.get(mapping.title, ""), mapping))
    if not title and not row.faults:
        title = first_sentence(row.texts[mapping.required], limit=MADE_TITLE_LENGTH)
        row.warnings.append("There is no title: the first sentence of the text stands in.")
    if len(title) > TITLE_LENGTH:
        title = shortened(title, limit=TITLE_LENGTH)
        row.warnings.append(f"The title was shortened to {TITLE_LENGTH} characters.")
    row.title = title


def _date(row: JudgedRow, text: str, formats: tuple[str, ...]) -> date | None:
    for pattern in formats:
        try:
            return datetime.strptime(text.strip(), pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    shown = shortened(text.strip(), limit=KEY_LENGTH)
    row.faults.append(f"The date “{shown}” is not written as {' or '.join(formats)}.")
    return None


def _url(row: JudgedRow, url: str) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= URL_LENGTH
    except ValueError:
        sound = False
    if sound and url.isprintable() and " " not in url:
        return url
    row.warnings.append("The address of the original is no web address and was left out.")
    return ""


def _terms(
    row: JudgedRow, raw: RawRow, mapping: ImportMapping, codes: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    found = []
    for name, rule in mapping.facets.items():
        value = raw.values.get(rule.column, "").strip()
        code = rule.values.get(value, value)
        if code in codes[name]:
            found.append((name, code))
        elif value:
            shown = shortened(value, limit=KEY_LENGTH)
            row.warnings.append(f"{rule.column} “{shown}” is not known and was left out.")
    return found
