"""Keyset pagination: page 50 costs what page 1 costs, and nothing is skipped when rows arrive meanwhile.

The cursor holds the sort values of the last row shown, signed, so that a reader can neither forge one nor read a hidden
field from it; one made for another order is not taken. Sorting is by one field without nulls and the primary key,
newest or highest first unless told otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

SALT = "core.pagination:"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    """Rows of one page and the cursors of its neighbours (None where there is no neighbour)."""

    rows: Sequence[Row]
    next_cursor: str | None
    previous_cursor: str | None


def keyset_page(
    rows: QuerySet[Row], *, by: str, cursor: str | None = None, size: int = 30, descending: bool = True
) -> KeysetPage[Row]:
    """One page of `rows`, ordered by (`by`, pk). A cursor that was tampered with starts at the first page."""
    position = _read(cursor, by)
    backwards = bool(position and position["back"])
    down = descending != backwards
    sign = "-" if down else ""
    ordered = rows.order_by(f"{sign}{by}", f"{sign}pk")
    if position:
        ordered = ordered.filter(_beyond(by, position["value"], position["pk"], down=down))
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (backwards or more)
    has_previous = bool(found) and (more if backwards else position is not None)
    return KeysetPage(
        rows=found,
        next_cursor=_write(found[-1], by, back=False) if has_next else None,
        previous_cursor=_write(found[0], by, back=True) if has_previous else None,
    )


def _beyond(by: str, value: Any, pk: Any, *, down: bool) -> Q:
    comparison = "lt" if down else "gt"
    return Q(**{f"{by}__{comparison}": value}) | Q(**{by: value, f"pk__{comparison}": pk})


def _write(row: Model, by: str, *, back: bool) -> str:
    value = row
    for part in by.split("__"):
        value = getattr(value, part)
    text = value.isoformat() if isinstance(value, date) else value
    return signing.dumps({"value": text, "pk": row.pk, "back": back}, salt=SALT + by, compress=True)


def _read(cursor: str | None, by: str) -> dict[str, Any] | None:
    if not cursor:
        return None
    try:
        position: dict[str, Any] = signing.loads(cursor, salt=SALT + by)
    except signing.BadSignature:
        return None
    return position
