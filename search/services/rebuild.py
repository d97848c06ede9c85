"""Builds a kind's index anew beside the live one, and puts it in its place by one atomic swap of the aliases.

Readers see the old index until the new one holds the same ids and versions as the database; meanwhile the outbox writes
to both. Whatever goes wrong, the live index is untouched and the half-built one is dropped. The generation that was
live before stays, for a way back. Two rebuilds of a kind never run at once.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch

from search.documents import DocumentSpec
from search.engines.elasticsearch_client import background_client
from search.indices import (
    LOADING_SETTINGS,
    SERVING_SETTINGS,
    all_generations,
    description,
    loading_alias,
    new_index_name,
    read_alias,
    source_of,
    write_alias,
)
from search.models import OutboxEntry
from search.services.drain import drain
from search.services.index_writes import Outcome, Result, Write, chunks, write_chunk
from search.services.lock import only_one
from search.services.sides import Difference, differences, documents, versions_in_elasticsearch, versions_of

Report = Callable[[str], None]
SENDERS = 2
IN_FLIGHT = 3
GATE_ROUNDS = 20
GATE_PAUSE_SECONDS = 0.5
MOST_DIFFERENCES = 1000
PROGRESS_EVERY = 10_000


class RebuildError(Exception):
    """The new index did not come into being; the live one is as it was."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did."""

    kind: str
    index: str
    count: int
    seconds: float


def create(spec: DocumentSpec, report: Report) -> Rebuilt | None:
    """Builds the index of a kind that has none to be searched; None where there is one."""
    if background_client().indices.exists_alias(name=read_alias(spec.kind)):
        return None
    return rebuild(spec, report)


def rebuild(spec: DocumentSpec, report: Report) -> Rebuilt:
    """A new generation of a kind's index, live when this returns; raises `RebuildError`, `BusyError` or the client's
    errors."""
    began = time.monotonic()
    client = background_client()
    with only_one(f"rebuild-{spec.kind}"), _loading(client, spec) as index:
        count = _fill(client, spec, report)
        pass_gate(client, spec, index, report)
        _serve(client, spec.kind, index)
    _drop_old(client, spec.kind)
    return Rebuilt(spec.kind, index, count, time.monotonic() - began)


@contextmanager
def _loading(client: Elasticsearch, spec: DocumentSpec) -> Iterator[str]:
    """A new index that the outbox writes to as well; dropped where it does not become the live one."""
    for left_over in _indexes_of(client, loading_alias(spec.kind)):
        client.indices.delete(index=left_over)
    wanted = description(spec)
    name = new_index_name(spec.kind)
    client.indices.create(
        index=name,
        settings=wanted["settings"] | LOADING_SETTINGS,
        mappings=wanted["mappings"],
        aliases={loading_alias(spec.kind): {}},
    )
    with ExitStack() as failed:
        failed.callback(client.indices.delete, index=name, ignore_unavailable=True)
        yield name
        failed.pop_all()


def _fill(client: Elasticsearch, spec: DocumentSpec, report: Report) -> int:
    """Writes all documents; while some are on their way, the next are prepared."""
    count = 0
    reported = 0
    for result in _sent(client, _writes(spec)):
        if result.outcome is not Outcome.DONE:
            raise RebuildError(f"{result.write.key} was not taken: {result.error[:300]}")
        count += 1
        if count - reported >= PROGRESS_EVERY:
            report(f"{spec.kind}: {count} documents")
            reported = count
    return count


def _writes(spec: DocumentSpec) -> Iterator[Write]:
    alias = loading_alias(spec.kind)
    for document in documents(spec):
        yield Write(alias, document.key, document.version, source_of(document))


def _sent(client: Elasticsearch, writes: Iterable[Write]) -> Iterator[Result]:
    waiting: deque[Future[list[Result]]] = deque()
    with ThreadPoolExecutor(SENDERS) as senders:
        for chunk in chunks(writes):
            waiting.append(senders.submit(write_chunk, client, chunk))
            if len(waiting) == IN_FLIGHT:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def pass_gate(client: Elasticsearch, spec: DocumentSpec, index: str, report: Report) -> None:
    """Returns when the index holds the same ids and versions as the database.

    What differs may be a change on its way: then its outbox row, or the next look, explains it. A difference that stays
    without one is a fault.
    """
    before: set[Difference] = set()
    for _round in range(GATE_ROUNDS):
        client.indices.refresh(index=index)
        sides = differences(versions_of(spec), versions_in_elasticsearch(client, index))
        found = set(islice(sides, MOST_DIFFERENCES))
        if not found:
            return
        unexplained = {difference for difference in found & before if not _on_its_way(spec.kind, difference)}
        if unexplained or len(found) == MOST_DIFFERENCES:
            first = min(unexplained or found, key=lambda difference: difference.object_id)
            raise RebuildError(
                f"{spec.kind}: the new index differs from the database in {len(unexplained or found)} documents or "
                f"more, the first: {first.sort} {spec.kind}:{first.object_id}"
            )
        report(f"{spec.kind}: {len(found)} changes on their way")
        before = found
        drain()
        time.sleep(GATE_PAUSE_SECONDS)
    raise RebuildError(f"{spec.kind}: changes came faster than the new index took them.")


def _on_its_way(kind: str, difference: Difference) -> bool:
    return OutboxEntry.objects.filter(kind=kind, object_id=difference.object_id, parked=False).exists()


def _serve(client: Elasticsearch, kind: str, index: str) -> None:
    """Ready for readers, then one step: both aliases move, or none."""
    client.indices.put_settings(index=index, settings=dict(SERVING_SETTINGS))
    actions: list[dict[str, Any]] = [{"remove": {"index": index, "alias": loading_alias(kind)}}]
    for alias in (read_alias(kind), write_alias(kind)):
        actions += [{"remove": {"index": old, "alias": alias}} for old in _indexes_of(client, alias)]
        actions.append(
            {"add": {"index": index, "alias": alias, "is_write_index": alias == write_alias(kind)}}
        )
    client.indices.update_aliases(actions=actions)


def _drop_old(client: Elasticsearch, kind: str) -> None:
    """Keeps the live generation and the one before it."""
    generations = sorted(client.indices.get(index=all_generations(kind), allow_no_indices=True).body)
    for name in generations[:-2]:
        client.indices.delete(index=name, ignore_unavailable=True)


def _indexes_of(client: Elasticsearch, alias: str) -> list[str]:
    if not client.indices.exists_alias(name=alias):
        return []
    return list(client.indices.get_alias(name=alias).body)
