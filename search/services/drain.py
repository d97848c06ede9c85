"""Brings what changed from the outbox to Elasticsearch. A turn of the worker; safe to run in several workers at once.

Invariants: the payload is read from the database now, never from the outbox; a row leaves only after the server confirmed
its own document in every index that wants it; what narrowed access is visible as narrowed to searches before its row
leaves, so that nobody finds it in between. A server that is away costs one try a second and no row its patience; a
document that the server will not take is parked after eight tries and shown by `search_index inspect`.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from elasticsearch import ApiError, TransportError

from search.documents import specs
from search.engines.elasticsearch_client import background_client
from search.indices import Body, source_of, tombstone
from search.models import OutboxEntry
from search.services.index_writes import Outcome, Write, write_all, writing_aliases

BATCH = 500
MOST_TRIES = 8
LONGEST_BACKOFF_SECONDS = 300
WAIT_SECONDS = 2.0
AWAY_SECONDS = 1.0

Key = tuple[str, int]
log = structlog.get_logger(__name__)


@dataclass
class Pace:
    """Keeps a failing server from being asked more than once a second."""

    not_before: float = 0.0

    def must_wait(self) -> bool:
        """Whether it is too early for another try."""
        return time.monotonic() < self.not_before

    def slow_down(self) -> None:
        """The server failed."""
        self.not_before = time.monotonic() + AWAY_SECONDS


@dataclass
class _Batch:
    """Rows of the outbox by object, and what is known of their fate."""

    rows: Mapping[Key, list[OutboxEntry]]
    refused: dict[Key, str] = field(default_factory=dict)
    waiting: dict[Key, str] = field(default_factory=dict)

    @property
    def narrows(self) -> bool:
        return any(row.narrowing for rows in self.rows.values() for row in rows)


pace = Pace()


def drain(*, batch: int = BATCH) -> int:
    """Does one batch of waiting changes; how many rows left the outbox. Never raises because the server is away."""
    if not settings.ELASTICSEARCH_URL or pace.must_wait():
        return 0
    try:
        with _one_worker_a_row():
            return _drain(batch)
    except (ApiError, TransportError) as error:
        pace.slow_down()
        log.warning("outbox_waits", error=str(error)[:300])
        return 0


def _one_worker_a_row() -> AbstractContextManager[Any]:
    """PostgreSQL locks the rows while they are written. SQLite would lock every writer out, and needs no lock: doing a
    row twice is harmless."""
    return transaction.atomic() if connection.features.has_select_for_update_skip_locked else nullcontext()


def _drain(size: int) -> int:
    rows = OutboxEntry.objects.due()
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    grouped: dict[Key, list[OutboxEntry]] = defaultdict(list)
    for row in rows[:size]:
        grouped[row.kind, row.object_id].append(row)
    if not grouped:
        return 0
    work = _Batch(grouped)
    client = background_client()
    # Only after the rows: a rebuild that starts later reads these changes from the database itself.
    aliases = writing_aliases(client)
    writes = [write for documents in _documents(work) for write in _addressed(documents, aliases, work)]
    for result in write_all(client, writes, refresh=work.narrows):
        kind, _, object_id = result.write.key.rpartition(":")
        if result.outcome is not Outcome.DONE:
            fate = work.waiting if result.outcome is Outcome.WAIT else work.refused
            fate[kind, int(object_id)] = result.error
    return _settle(work)


def _documents(work: _Batch) -> Iterator[tuple[Key, int, Body]]:
    """Key, version and content of every object as it is now."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, object_id in work.rows:
        ids[kind].append(object_id)
    for kind, object_ids in ids.items():
        if kind not in specs:
            work.refused |= {(kind, pk): "No such kind is registered." for pk in object_ids}
            continue
        found = _present(kind, object_ids, work)
        yield from found
        present = {key for key, _version, _source in found}
        gone = [pk for pk in object_ids if (kind, pk) not in present and (kind, pk) not in work.refused]
        yield from _gone(kind, gone, work)


def _present(kind: str, object_ids: Sequence[int], work: _Batch) -> list[tuple[Key, int, Body]]:
    spec = specs.get(kind)
    found: list[tuple[Key, int, Body]] = []
    for instance in spec.queryset().filter(pk__in=object_ids):
        try:
            document = spec.to_document(instance)
            found.append(((kind, instance.pk), document.version, source_of(document)))
        except (
            Exception
        ) as error:  # one object that cannot be described must not stop the others; it is parked
            log.exception("document_failed", kind=kind, object_id=instance.pk)
            work.refused[kind, instance.pk] = repr(error)[:1000]
    return found


def _gone(kind: str, object_ids: Sequence[int], work: _Batch) -> Iterator[tuple[Key, int, Body]]:
    """Tombstones, one version above the last: a late write of the last version is then refused."""
    kept = specs.get(kind).model._base_manager.filter(pk__in=object_ids)
    versions = dict(kept.values_list("pk", "search_version"))
    for object_id in object_ids:
        told = max(row.version for row in work.rows[kind, object_id])
        version = versions.get(object_id, told) + (0 if object_id in versions else 1)
        yield (kind, object_id), version, tombstone(kind, object_id, version)


def _addressed(
    document: tuple[Key, int, Body], aliases: Mapping[str, Sequence[str]], work: _Batch
) -> Iterator[Write]:
    (kind, object_id), version, source = document
    if kind not in aliases:
        work.waiting[kind, object_id] = (
            "There is no index of this kind: run `manage.py search_index rebuild`."
        )
    for alias in aliases.get(kind, ()):
        yield Write(alias, f"{kind}:{object_id}", version, source)


def _settle(work: _Batch) -> int:
    """Lets go of what is done, and puts the rest off. What waits for the server loses no patience."""
    done = [key for key in work.rows if key not in work.refused and key not in work.waiting]
    left = OutboxEntry.objects.filter(pk__in=_pks(work, done)).delete()[0]
    later = timezone.now() + timedelta(seconds=WAIT_SECONDS)
    for key, error in work.waiting.items():
        OutboxEntry.objects.filter(pk__in=_pks(work, [key])).update(next_at=later, error=error)
    for key, error in work.refused.items():
        _put_off(work.rows[key], error)
    if work.waiting:
        pace.slow_down()
        log.warning("outbox_waits", rows=len(work.waiting), error=next(iter(work.waiting.values()))[:300])
    return left


def _put_off(rows: Sequence[OutboxEntry], error: str) -> None:
    tries = max(row.attempts for row in rows) + 1
    parked = tries >= MOST_TRIES
    pause = timedelta(seconds=min(2**tries, LONGEST_BACKOFF_SECONDS))
    OutboxEntry.objects.filter(pk__in=[row.pk for row in rows]).update(
        attempts=F("attempts") + 1, next_at=timezone.now() + pause, error=error, parked=parked
    )
    if parked:
        log.error("outbox_parked", key=rows[0].key, tries=tries, error=error[:300])


def _pks(work: _Batch, keys: Iterable[Key]) -> list[int]:
    return [row.pk for key in keys for row in work.rows[key]]
