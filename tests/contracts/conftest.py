"""Runs the contract on every engine there is: the database in use, and Elasticsearch where a server is named.

Documents are notes (tests/contracts/notes.py) in a real table; the portal's own kinds step aside meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker, Settings

from search import documents
from search.api import search, touch_many
from search.queries import SearchQuery
from search.results import SearchResults
from tests.contracts.notes import FACETS, KINDS, Note, make_table, spec_of
from tests.shared_data import shared
from tests.worlds import Worlds

ENGINES = ("database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch))


@dataclass(frozen=True)
class Person:
    """A reader."""

    audience_tokens: frozenset[str]
    is_authenticated: bool = True
    is_active: bool = True


EMPLOYEE = Person(frozenset({"community"}))
PRACTITIONER = Person(frozenset({"community", "practitioners"}))
LAWYER = Person(frozenset({"community", "function:legal"}))


class Shelf:
    """Writes notes as a service would, and searches them."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.frozen = False

    def add(self, title: str, text: str = "", **fields: Any) -> Note:
        """Writes one note and indexes it."""
        (note,) = self.fill([{"title": title, "text": text, **fields}])
        return note

    def fill(self, rows: list[dict[str, Any]]) -> list[Note]:
        """Writes many notes and indexes them."""
        notes = Note.objects.bulk_create([Note(**row) for row in rows])
        self.touch(*notes)
        return notes

    def touch(self, *notes: Note, narrowing: bool = False) -> None:
        """Indexes notes again, and lets the index catch up unless it is frozen."""
        for kind in KINDS:
            touch_many([note.pk for note in notes if note.shelf == kind], kind=kind, narrowing=narrowing)
        self.catch_up()

    def catch_up(self) -> None:
        """Empties the outbox into Elasticsearch, as the worker does."""
        if self.engine == "elasticsearch" and not self.frozen:
            from tests.contracts.elasticsearch_side import catch_up

            catch_up()

    def search(self, text: str = "", reader: object = EMPLOYEE, **state: Any) -> SearchResults:
        """Searches as the results page does."""
        results = search(SearchQuery(text=text, **state), reader)
        assert not results.degraded, "The engine under test did not answer."
        return results

    def titles(self, text: str = "", reader: object = EMPLOYEE, **state: Any) -> list[str]:
        """The titles found, in order."""
        return [hit.object.title for hit in self.search(text, reader, **state).hits]


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


@pytest.fixture(params=ENGINES)
def shelf(request: pytest.FixtureRequest, settings: Settings, db: None, only_notes: None) -> Iterator[Shelf]:
    """An empty shelf on each engine."""
    if request.param == "database":
        settings.ELASTICSEARCH_URL = ""
        yield Shelf("database")
        return
    from tests.contracts.elasticsearch_side import empty_indexes

    with empty_indexes(settings):
        yield Shelf("elasticsearch")


@pytest.fixture
def hostile_dir() -> Path:
    """Where the attack strings are; their absence is a failure in continuous integration."""
    return shared("hostile")
