"""The contract's side of a real Elasticsearch: indexes of a test's own, filled through the outbox as the worker does."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from pytest_django import Settings

from search.documents import specs
from search.engines import elasticsearch_client
from search.indices import read_alias
from search.models import OutboxEntry
from search.services import drain as draining
from search.services.rebuild import create


@contextmanager
def empty_indexes(settings: Settings) -> Iterator[None]:
    """Empty indexes of all registered kinds, ready for readers, under a prefix of their own."""
    settings.ELASTICSEARCH_URL = os.environ["ELASTICSEARCH_URL"]
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:12]}"
    settings.SEARCH_TIMEOUT_SECONDS = 10.0
    elasticsearch_client.breaker.succeeded()
    draining.pace.not_before = 0.0
    client = elasticsearch_client.background_client()
    try:
        for spec in specs:
            name = create(spec)
            client.indices.put_alias(index=name, name=read_alias(spec.kind))
        yield
    finally:
        for name in client.indices.get(index=f"{settings.SEARCH_INDEX_PREFIX}-*").body:
            client.indices.delete(index=name)


def catch_up() -> None:
    """Brings all of the outbox to Elasticsearch and makes it searchable."""
    while draining.drain():
        continue
    waiting = list(OutboxEntry.objects.values_list("kind", "object_id", "error"))
    assert not waiting, f"The outbox did not empty: {waiting[:3]}"
    refresh()


def refresh() -> None:
    """Makes all that was written searchable."""
    client = elasticsearch_client.background_client()
    client.indices.refresh(index=",".join(read_alias(spec.kind) for spec in specs))
