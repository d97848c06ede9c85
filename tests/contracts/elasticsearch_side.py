"""The contract's side of a real Elasticsearch: indexes of a test run's own, filled through the outbox as the worker does.

Making an index takes the server seconds, so each process makes one set and empties it before every test. The server
remembers versions of deleted documents for a while, so no test gets the ids of another.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from uuid import uuid4

from django.db import connection
from elasticsearch import Elasticsearch
from pytest_django import Settings

from search.documents import specs
from search.engines import elasticsearch_client
from search.indices import description, new_index_name, read_alias, write_alias
from search.models import OutboxEntry
from search.services import drain as draining
from tests.contracts.notes import Note

PREFIX = f"test-{uuid4().hex[:12]}"
FIRST_IDS = count(1_000_000, 1_000_000)
QUICK = {
    "gc_deletes": "0ms",
    "translog": {"durability": "async"},
    "auto_expand_replicas": False,
    "number_of_replicas": 0,
}


@contextmanager
def empty_indexes(settings: Settings) -> Iterator[None]:
    """Empty indexes of all registered kinds, ready for readers."""
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"]
    settings.SEARCH_INDEX_PREFIX = PREFIX
    settings.SEARCH_TIMEOUT_SECONDS = 10.0
    elasticsearch_client.breaker.succeeded()
    draining.pace.not_before = 0.0
    _made(tuple(specs.keys()))
    client = elasticsearch_client.background_client()
    client.delete_by_query(index=_all(), query={"match_all": {}}, refresh=True)
    _skip_ids()
    yield


def _skip_ids() -> None:
    """On SQLite a test's end gives its ids free again; PostgreSQL never does."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [Note._meta.db_table])
        cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [Note._meta.db_table, next(FIRST_IDS)])


@cache
def _made(kinds: tuple[str, ...]) -> None:
    client = elasticsearch_client.background_client()
    for kind in kinds:
        wanted = description(specs.get(kind))
        client.indices.create(
            index=new_index_name(kind),
            settings=wanted["settings"] | QUICK,
            mappings=wanted["mappings"],
            aliases={read_alias(kind): {}, write_alias(kind): {}},
        )
    atexit.register(_drop, os.environ["ELASTICSEARCH_URL"])


def _drop(url: str) -> None:
    client = Elasticsearch(url, request_timeout=30)
    for name in client.indices.get(index=f"{PREFIX}-*").body:
        client.indices.delete(index=name)


def _all() -> str:
    return ",".join(read_alias(spec.kind) for spec in specs)


def catch_up() -> None:
    """Brings all of the outbox to Elasticsearch and makes it searchable."""
    while draining.drain():
        continue
    waiting = list(OutboxEntry.objects.values_list("kind", "object_id", "error"))
    assert not waiting, f"The outbox did not empty: {waiting[:3]}"
    refresh()


def refresh() -> None:
    """Makes all that was written searchable."""
    elasticsearch_client.background_client().indices.refresh(index=_all())
