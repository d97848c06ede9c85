"""Writes the index in the database, and the outbox for Elasticsearch, in the transaction of the change."""

from collections.abc import Iterable

from search.mixins import SearchableMixin


def touch(instance: SearchableMixin, *, kind: str, narrowing: bool = False) -> None:
    """Indexes an object as it is in the database now; takes it out where it left `spec.queryset()`.

    Raises the object's `search_version` (also on `instance`), writes the index of the database and, where Elasticsearch
    is used, an outbox row. `narrowing`: somebody who could find it may no longer do so (also noticed here when the
    audience of the document narrowed).
    """
    raise NotImplementedError


def touch_many(object_ids: Iterable[int], *, kind: str, narrowing: bool = False) -> int:
    """As `touch`, for imports: in batches, with a number of statements per batch. Returns how many are indexed."""
    raise NotImplementedError


def remove(*, kind: str, object_id: int, version: int | None = None) -> None:
    """Takes an object out, for good. `version` is its last `search_version`; without it, the one last indexed."""
    raise NotImplementedError
