"""The mapping file: which column of a source becomes what, and how its text is cleaned.

A mapping is YAML written by an operator. It is checked in full before the first row is read, and every fault is one
sentence. It holds patterns and words: nothing of it is ever evaluated.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from core.audiences import COMMUNITY

TEXT_TARGETS = ("text", "summary", "context", "planned", "happened", "recommendation")
FACETS = {
    "phase": "lifecycle_phase",
    "component": "component",
    "activity": "activity",
    "habit": "habit",
    "role_area": "role_area",
    "alliance_type": "alliance_type",
    "partner_type": "partner_type",
    "risk_kind": "risk_kind",
}
KNOWN = frozenset(
    [
        "source",
        "key",
        "title",
        "texts",
        "required",
        "date",
        "url",
        "facets",
        "extra",
        "encoding",
        "markup",
        "replace",
        "reject",
        "audience",
    ]
)
MARKUPS = ("plain", "html")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class MappingError(Exception):
    """The mapping or the file cannot be used; the message is one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class FacetRule:
    """A column whose values stand for terms; `values` maps them, or they are codes already where it is empty."""

    column: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """A checked mapping. `texts` maps a field of the lesson to the columns that fill it, in order."""

    source_code: str
    source_name: str
    source_address: str
    source_rights: str
    key: str
    title: str
    texts: Mapping[str, tuple[str, ...]]
    required: str
    date_column: str
    date_formats: tuple[str, ...]
    url: str
    facets: Mapping[str, FacetRule]
    extra: tuple[str, ...]
    encoding: str
    markup: str
    replace: tuple[tuple[re.Pattern[str], str], ...]
    reject: tuple[tuple[re.Pattern[str], str], ...]
    audience: str

    @property
    def columns(self) -> set[str]:
        """All columns the file has to have."""
        named = {self.key, self.title, self.date_column, self.url, *self.extra}
        named |= {column for columns in self.texts.values() for column in columns}
        return (named | {rule.column for rule in self.facets.values()}) - {""}


def read_mapping(path: Path) -> ImportMapping:
    """The mapping of a file; raises `MappingError`."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise MappingError(f"The mapping {path.name} cannot be read: {error}") from error
    if not isinstance(raw, dict):
        raise MappingError(f"The mapping {path.name} is not a list of settings.")
    return _checked(raw)


def _checked(raw: dict[str, Any]) -> ImportMapping:
    unknown = sorted(str(name) for name in set(raw) - KNOWN)
    if unknown:
        raise MappingError(f"The mapping has unknown settings: {', '.join(unknown)}.")
    source = _mapping(raw, "source")
    code = str(source.get("code", ""))
    if not CODE.fullmatch(code):
        raise MappingError("The mapping needs source.code of small letters, digits, - and _.")
    texts = _texts(_mapping(raw, "texts"))
    required = str(raw.get("required", "text"))
    if required not in texts:
        raise MappingError(
            f"The mapping says {required!r} is required and gives no column for it under texts."
        )
    date = _mapping(raw, "date")
    return ImportMapping(
        source_code=code,
        source_name=_named(source, "name", "source.name"),
        source_address=str(source.get("address", "")),
        source_rights=str(source.get("rights", "")),
        key=_named(raw, "key", "key"),
        title=_named(raw, "title", "title"),
        texts=texts,
        required=required,
        date_column=_named(date, "column", "date.column"),
        date_formats=tuple(str(item) for item in _list(date, "formats")) or ("%Y-%m-%d",),
        url=str(raw.get("url", "")),
        facets=_facets(_mapping(raw, "facets")),
        extra=tuple(str(item) for item in _list(raw, "extra")),
        encoding=str(raw.get("encoding", "utf-8-sig")),
        markup=_one_of(raw, "markup", MARKUPS),
        replace=tuple((_pattern(old), str(new)) for old, new in _mapping(raw, "replace").items()),
        reject=tuple(_rejections(raw)),
        audience=str(raw.get("audience", COMMUNITY)),
    )


def _texts(raw: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    unknown = sorted(set(raw) - set(TEXT_TARGETS))
    if unknown:
        raise MappingError(f"A lesson has no text field {unknown[0]!r}; use {', '.join(TEXT_TARGETS)}.")
    return {target: tuple(str(item) for item in _list(raw, target)) for target in raw}


def _facets(raw: dict[str, Any]) -> dict[str, FacetRule]:
    rules = {}
    for name, rule in raw.items():
        if name not in FACETS:
            raise MappingError(f"Lessons have no facet {name!r}; use {', '.join(FACETS)}.")
        if not isinstance(rule, dict) or not rule.get("column"):
            raise MappingError(f"The facet {name!r} needs a column.")
        values = {str(old): str(new) for old, new in _mapping(rule, "values").items()}
        rules[name] = FacetRule(column=str(rule["column"]), values=values)
    return rules


def _rejections(raw: dict[str, Any]) -> list[tuple[re.Pattern[str], str]]:
    found = []
    for rule in _list(raw, "reject"):
        if not isinstance(rule, dict) or not rule.get("pattern") or not rule.get("reason"):
            raise MappingError("Each entry under reject needs a pattern and a reason.")
        found.append((_pattern(rule["pattern"], re.IGNORECASE), str(rule["reason"])))
    return found


def _pattern(pattern: object, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern), flags)
    except re.error as error:
        raise MappingError(f"The pattern {pattern!r} is not valid: {error}.") from error


def _mapping(raw: dict[str, Any], name: str) -> dict[str, Any]:
    value = raw.get(name) or {}
    if not isinstance(value, dict):
        raise MappingError(f"{name} has to be a list of settings.")
    return value


def _list(raw: dict[str, Any], name: str) -> list[Any]:
    value = raw.get(name) or []
    return list(value) if isinstance(value, list) else [value]


def _named(raw: dict[str, Any], name: str, path: str) -> str:
    value = str(raw.get(name) or "")
    if not value:
        raise MappingError(f"The mapping needs {path}.")
    return value


def _one_of(raw: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    value = str(raw.get(name, allowed[0]))
    if value not in allowed:
        raise MappingError(f"{name} is {value!r}; it can be {' or '.join(allowed)}.")
    return value
