"""The contract: nobody finds, counts or guesses what they may not read, on every engine."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from core.audiences import NOBODY
from search.api import related, remove, suggest
from search.metrics import search_recheck_dropped
from search.models import IndexEntry
from tests.contracts.conftest import EMPLOYEE, LAWYER, PRACTITIONER, Person, Shelf
from tests.contracts.notes import Note

AUDIENCES = ("community", "practitioners", "function:legal", "function:finance", NOBODY)
READERS: tuple[Any, ...] = (
    EMPLOYEE,
    PRACTITIONER,
    LAWYER,
    AnonymousUser(),
    Person(frozenset({"community"}), is_active=False),
    Person(frozenset({"community", NOBODY})),
)


QUERIES = ("", "charter", "chartre", "comittee charter", "nothing")
START = datetime(2026, 1, 1, tzinfo=UTC)


def as_shown(shelf: Shelf, text: str) -> str:
    """All that a page could show; scores are not shown."""
    results = shelf.search(text)
    for hit in results.hits:
        hit.score = 0.0
    return str(results)


def may_read(audience: str, reader: Any) -> bool:
    """The rule, spelt out a second time."""
    held: frozenset[str] = (
        getattr(reader, "audience_tokens", frozenset()) if reader.is_active else frozenset()
    )
    return audience in held and audience != NOBODY


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_reader_finds_what_the_rule_says_and_no_trace_of_the_rest(shelf: Shelf, audience: str) -> None:
    note = shelf.add(
        "Canary zyxwvutsrq", "the secret word zyxwvutsrq", audience=audience, facets={"colour": ["red"]}
    )
    for reader in READERS:
        visible = may_read(audience, reader)
        results = shelf.search("zyxwvutsrq", reader)
        assert results.total == len(results.hits) == visible
        assert sum(results.kind_counts.values()) == visible
        assert bool(results.facets) == visible
        assert [hit.object for hit in suggest("zyxw", reader)] == [note] * visible
        assert shelf.search("", reader).total == visible
        assert bool(shelf.search("zyxwvutsrx", reader).suggestion) == visible


def test_related_keeps_hidden_documents_out_on_both_sides(shelf: Shelf) -> None:
    text = "pricing deadlock escalated to executives"
    shelf.fill([{"title": f"Other {number}", "text": f"meeting topic{number}"} for number in range(4)])
    shown, hidden = shelf.add("Shown", text), shelf.add("Hidden", text, audience="practitioners")
    assert related("note", shown.pk, EMPLOYEE) == []
    assert related("note", hidden.pk, EMPLOYEE) == []
    assert [hit.object for hit in related("note", shown.pk, PRACTITIONER)] == [hidden]


def test_results_are_the_same_with_and_without_a_hidden_document(shelf: Shelf) -> None:
    shelf.add("Charter", "the charter of a committee", facets={"colour": ["red"]})
    before = [as_shown(shelf, text) for text in QUERIES]
    shelf.add("Chartre comittee", "nothing", audience="practitioners", facets={"colour": ["blue"]})
    assert [as_shown(shelf, text) for text in QUERIES] == before


def test_a_narrowing_counts_at_once_with_the_index_frozen(shelf: Shelf) -> None:
    note = shelf.add("Charter", "a charter", facets={"colour": ["red"]})
    shelf.frozen = True
    note.audience = "practitioners"
    note.save()
    shelf.touch(note)
    for text in ("charter", ""):
        results = shelf.search(text)
        assert (results.total, results.hits, results.facets) == (0, [], [])
    assert suggest("char", EMPLOYEE) == []


def test_a_removal_counts_at_once_with_the_index_frozen(shelf: Shelf) -> None:
    note, other = shelf.add("Charter", "a charter"), shelf.add("Other charter", "a charter")
    shelf.frozen = True
    pk, version = note.pk, note.search_version
    note.delete()
    remove(kind="note", object_id=pk, version=version)
    other.published = False
    other.save()
    shelf.touch(other)
    assert shelf.search("charter").total == 0
    assert shelf.search("").total == 0


def test_a_widening_and_a_return_are_found_again(shelf: Shelf) -> None:
    note = shelf.add("Charter", "a charter", audience="practitioners")
    assert shelf.search("charter").total == 0
    note.audience = "community"
    note.save()
    shelf.touch(note)
    assert shelf.titles("charter") == ["Charter"]


def test_a_poisoned_index_shows_nothing(shelf: Shelf) -> None:
    """The index says "community", the database knows better: written past the services, hence not in the outbox."""
    note = shelf.add("Charter", "a charter")
    Note.objects.filter(pk=note.pk).update(audience="practitioners")
    before = search_recheck_dropped.total()
    results = shelf.search("charter")
    assert (results.hits, results.total) == ([], 0)
    assert suggest("char", EMPLOYEE) == []
    assert search_recheck_dropped.total() == before + 2


def test_a_hit_without_an_object_or_a_kind_is_dropped(shelf: Shelf) -> None:
    note = shelf.add("Charter", "a charter")
    Note.objects.filter(pk=note.pk).delete()
    assert shelf.search("charter").hits == []


def test_one_query_for_each_kind_shown(
    shelf: Shelf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def fill(count: int) -> None:
        shelf.fill(
            [
                {
                    "title": f"Charter {number}",
                    "text": "charter",
                    "shelf": kind,
                    "facets": {"colour": ["red"]},
                    "date": START + timedelta(days=number),
                }
                for number in range(count)
                for kind in ("note", "memo")
            ]
        )

    costs = []
    for count in (2, 40):
        fill(count)
        with django_assert_max_num_queries(10) as captured:
            shelf.search("charter", facets={"colour": ("red",), "size": ()})
        costs.append(len(captured))
        assert sum('FROM "contracts_note"' in query["sql"] for query in captured.captured_queries) == 2
    assert costs[0] == costs[1]
    assert IndexEntry.objects.count() == 84
