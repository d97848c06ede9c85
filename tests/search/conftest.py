"""Notes (tests/contracts/notes.py) as the only kinds, in the database and, where a test asks, in Elasticsearch."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker, Settings

from search import documents
from search.engines import elasticsearch_client
from search.services import drain as draining
from tests.contracts.elasticsearch_side import empty_indexes
from tests.contracts.notes import FACETS, KINDS, make_table, spec_of
from tests.worlds import Worlds


@pytest.fixture(scope="module")
def table_of_notes(worlds: Worlds, django_db_blocker: DjangoDbBlocker) -> None:
    """The table of notes, in the database without content, whichever was shown before."""
    with django_db_blocker.unblock():
        worlds.show("")
        make_table()


@pytest.fixture
def only_notes(table_of_notes: None) -> Iterator[None]:
    """The registries hold the notes' kinds and facets alone."""
    kinds, facets = documents.specs._entries, documents.facets._entries
    documents.specs._entries = {kind: spec_of(kind) for kind in KINDS}
    documents.facets._entries = {facet.name: facet for facet in FACETS}
    yield
    documents.specs._entries, documents.facets._entries = kinds, facets


@pytest.fixture
def fresh_client(settings: Settings) -> None:
    """No breaker, pace or connection is left from another test."""
    elasticsearch_client.breaker.succeeded()
    draining.pace.not_before = 0.0
    settings.SEARCH_TIMEOUT_SECONDS = 0.4


@pytest.fixture
def indexes(settings: Settings, db: None, only_notes: None) -> Iterator[None]:
    """Empty indexes on the server that ELASTICSEARCH_URL names, shared by the tests of a process."""
    with empty_indexes(settings):
        yield


@pytest.fixture
def own_prefix(settings: Settings, indexes: None) -> Iterator[str]:
    """No index at all, and names of a test's own: for tests that make, swap and drop indexes."""
    prefix = settings.SEARCH_INDEX_PREFIX = f"own-{uuid4().hex[:12]}"
    client = elasticsearch_client.background_client()
    yield prefix
    for name in client.indices.get(index=f"{prefix}-*").body:
        client.indices.delete(index=name)
