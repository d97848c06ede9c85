"""Writes to the indexes in Elasticsearch: aliases, bulk requests, and what became of each document.

Every write carries the object's version (`external_gte`): an older one that arrives late is refused by the server, and
that refusal counts as success, because something newer stands there already. A bulk request answers 200 although some of
its items failed, hence every item is looked at. No index is ever made by a write: the alias must exist.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch

from search.documents import specs
from search.indices import Body, loading_alias, write_alias

MOST_ITEMS = 500
MOST_BYTES = 4_000_000
# Answers that speak against the server's state, not against the document: wait and try again.
WAITING_STATUSES = frozenset(
    {HTTPStatus.FORBIDDEN, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, *range(500, 600)}
)


class Outcome(Enum):
    """What became of one write."""

    DONE = "done"
    WAIT = "wait"  # the server cannot take it now
    REFUSED = "refused"  # the server will not take this document


@dataclass(frozen=True, slots=True)
class Write:
    """One document for one alias."""

    alias: str
    key: str
    version: int
    source: Body


@dataclass(frozen=True, slots=True)
class Result:
    """A write, what became of it, and why."""

    write: Write
    outcome: Outcome
    error: str = ""


def writing_aliases(client: Elasticsearch) -> dict[str, list[str]]:
    """Kind to the aliases that its changes go to: the live index, and the one a rebuild fills. A kind that has neither is
    missing here."""
    indexes = client.indices.get_alias(index=f"{settings.SEARCH_INDEX_PREFIX}-*").body
    there = {alias for index in indexes.values() for alias in index["aliases"]}
    wanted = {spec.kind: [write_alias(spec.kind), loading_alias(spec.kind)] for spec in specs}
    found = {kind: [alias for alias in aliases if alias in there] for kind, aliases in wanted.items()}
    return {kind: aliases for kind, aliases in found.items() if aliases}


def write_all(client: Elasticsearch, writes: Iterable[Write], *, refresh: bool = False) -> Iterator[Result]:
    """Writes documents in bulk, in chunks of bounded size; raises `TransportError` when the server is away."""
    for chunk in chunks(writes):
        yield from write_chunk(client, chunk, refresh=refresh)


def chunks(writes: Iterable[Write]) -> Iterator[list[Write]]:
    """Pieces of at most MOST_ITEMS documents and about MOST_BYTES of text."""
    chunk: list[Write] = []
    size = 0
    for write in writes:
        weight = len(write.source.get("text", "")) + len(write.source.get("title", ""))
        if chunk and (len(chunk) == MOST_ITEMS or size + weight > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(write)
        size += weight
    if chunk:
        yield chunk


def write_chunk(client: Elasticsearch, chunk: Sequence[Write], *, refresh: bool = False) -> list[Result]:
    """One bulk request. Where the server refuses it as a whole, halves are tried, so that one document that cannot be
    read by the server does not stop the others."""
    lines: list[Body] = []
    for write in chunk:
        lines += [{"index": _address(write)}, write.source]
    try:
        answer = client.bulk(operations=lines, require_alias=True, refresh=refresh)
    except ApiError as error:
        status = error.status_code
        if status in WAITING_STATUSES:
            return [Result(write, Outcome.WAIT, str(error)) for write in chunk]
        if len(chunk) == 1:
            return [Result(chunk[0], Outcome.REFUSED, str(error))]
        half = len(chunk) // 2
        return [
            *write_chunk(client, chunk[:half], refresh=refresh),
            *write_chunk(client, chunk[half:], refresh=refresh),
        ]
    items = answer.body["items"]
    return [_result(write, item["index"]) for write, item in zip(chunk, items, strict=True)]


def _address(write: Write) -> Body:
    return {"_index": write.alias, "_id": write.key, "version": write.version, "version_type": "external_gte"}


def _result(write: Write, item: dict[str, Any]) -> Result:
    status = int(item["status"])
    if status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.CONFLICT:
        return Result(write, Outcome.DONE)
    outcome = (
        Outcome.WAIT if status in WAITING_STATUSES or status == HTTPStatus.NOT_FOUND else Outcome.REFUSED
    )
    return Result(write, outcome, json.dumps(item.get("error", status))[:1000])
