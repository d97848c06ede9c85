"""Reads structured fields without building Wagtail's blocks: what is stored is already plain data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def values_of(stream: Any) -> Iterator[Mapping[str, Any]]:
    """The values of the blocks of a StreamField, stored or freshly edited."""
    for block in stream.raw_data:
        yield block["value"]


def chosen(items: Iterable[Any] | None) -> list[int]:
    """Ids of the pages chosen in a list block, in either of the two forms Wagtail stores."""
    found = [item["value"] if isinstance(item, dict) else item for item in items or ()]
    return [int(pk) for pk in found if pk]


def lines(text: str) -> list[str]:
    """The lines of a field that holds one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
