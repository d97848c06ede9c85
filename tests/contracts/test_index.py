"""Writing the index: in the transaction of the change, with rising versions, and told to the outbox."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from search.api import (
    TooManyNarrowings,
    pending_narrowings,
    remove,
    search,
    touch,
    touch_many,
)
from search.models import IndexEntry, IndexTerm, IndexWord, OutboxEntry
from search.queries import SearchQuery
from search.services import outbox
from search.services.recheck import recheck
from tests.contracts.conftest import EMPLOYEE
from tests.contracts.notes import Note

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_notes")]


@pytest.fixture(autouse=True)
def outbox_without_server(settings: Settings) -> None:
    """The outbox is written although nobody reads it."""
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_OUTBOX = True


def a_note(**fields: object) -> Note:
    note: Note = Note.objects.create(**{"title": "Charter", "text": "a charter", **fields})
    return note


def found(text: str) -> int:
    return search(SearchQuery(text=text), EMPLOYEE).total


def test_touch_raises_the_version_everywhere() -> None:
    note = a_note(date=datetime(2026, 1, 1, tzinfo=UTC), facets={"colour": ["red", "blue"]})
    touch(note, kind="note")
    touch(note, kind="note")
    assert note.search_version == Note.objects.get().search_version == IndexEntry.objects.get().version == 2
    assert [(row.key, row.version, row.narrowing) for row in OutboxEntry.objects.all()] == [
        (f"note:{note.pk}", 1, False),
        (f"note:{note.pk}", 2, False),
    ]
    assert set(IndexTerm.objects.values_list("facet", "code")) == {("colour", "red"), ("colour", "blue")}


def test_touch_replaces_what_was_there() -> None:
    note = a_note(facets={"colour": ["red"]})
    touch(note, kind="note")
    Note.objects.update(title="Minutes", text="other words", facets={"size": ["small"]})
    touch(note, kind="note")
    assert (found("charter"), found("minutes"), found("words")) == (0, 1, 1)
    assert list(IndexTerm.objects.values_list("facet", "code")) == [("size", "small")]


def test_nothing_remains_of_a_change_that_was_rolled_back() -> None:
    note = a_note()
    with transaction.atomic():
        touch(note, kind="note")
        transaction.set_rollback(True)
    assert found("charter") == 0
    assert (IndexEntry.objects.count(), OutboxEntry.objects.count()) == (0, 0)
    assert Note.objects.get().search_version == 0


def test_an_object_outside_the_queryset_leaves_the_index_and_narrows() -> None:
    note = a_note()
    touch(note, kind="note")
    Note.objects.update(published=False)
    touch(note, kind="note")
    assert (found("charter"), IndexEntry.objects.count()) == (0, 0)
    assert pending_narrowings() == {f"note:{note.pk}"}


def test_a_narrower_audience_is_noticed_without_being_told() -> None:
    note = a_note()
    touch(note, kind="note")
    Note.objects.update(audience="practitioners")
    touch(note, kind="note")
    Note.objects.update(audience="community")
    touch(note, kind="note")
    assert list(OutboxEntry.objects.values_list("narrowing", flat=True)) == [False, True, False]


def test_narrowing_may_be_said() -> None:
    note = a_note()
    touch(note, kind="note", narrowing=True)
    assert pending_narrowings() == {f"note:{note.pk}"}


def test_remove_leaves_a_higher_version_for_the_tombstone() -> None:
    note = a_note()
    touch(note, kind="note")
    pk = note.pk
    note.delete()
    remove(kind="note", object_id=pk)
    last = OutboxEntry.objects.last()
    assert last is not None
    assert (last.version, last.narrowing, IndexEntry.objects.count()) == (2, True, 0)
    remove(kind="note", object_id=pk, version=7)
    assert OutboxEntry.objects.order_by("id").values_list("version", flat=True).last() == 8


def test_touching_what_never_existed_changes_nothing() -> None:
    assert touch_many([12345], kind="note") == 0
    assert (IndexEntry.objects.count(), OutboxEntry.objects.count()) == (0, 0)


def test_an_unknown_kind_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="knows no 'nothing'"):
        touch_many([1], kind="nothing")


def test_no_outbox_where_no_server_is_named(settings: Settings) -> None:
    settings.SEARCH_OUTBOX = False
    touch(a_note(), kind="note")
    assert (IndexEntry.objects.count(), OutboxEntry.objects.count()) == (1, 0)


def test_imports_cost_statements_per_batch_and_not_per_object(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    notes = Note.objects.bulk_create([Note(title=f"Charter {number}") for number in range(300)])
    with django_assert_max_num_queries(40):
        assert touch_many([note.pk for note in notes], kind="note") == 300
    assert found("charter") == 300


def test_any_text_can_be_stored(settings: Settings) -> None:
    note = a_note(title="T" * 200, text="long " * 60_000 + "\ue000" + "end")
    touch(note, kind="note")
    assert found("long") == 1


def test_words_are_kept_by_audience() -> None:
    touch(a_note(text="governance"), kind="note")
    touch(a_note(text="governance", audience="practitioners"), kind="note")
    rows = IndexWord.objects.filter(word="governance").values_list("audience", flat=True)
    assert set(rows) == {"community", "practitioners"}


def test_too_many_narrowings_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MAX_NARROWINGS", 2)
    for _ in range(2):
        touch(a_note(), kind="note", narrowing=True)
    assert len(pending_narrowings()) == 2
    touch(a_note(), kind="note", narrowing=True)
    with pytest.raises(TooManyNarrowings):
        pending_narrowings()


def test_parked_narrowings_stay_excluded() -> None:
    note = a_note()
    touch(note, kind="note", narrowing=True)
    OutboxEntry.objects.update(parked=True)
    assert pending_narrowings() == {f"note:{note.pk}"}
    assert list(OutboxEntry.objects.due()) == []


def test_recheck_of_nothing_asks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert recheck([], EMPLOYEE) == []


@pytest.mark.postgresql
def test_postgresql_uses_its_full_text_index() -> None:
    notes = Note.objects.bulk_create(
        [Note(title=f"Note {number}", text=f"topic{number}") for number in range(200)]
    )
    touch_many([note.pk for note in notes], kind="note")
    with connection.cursor() as cursor:
        # So small a table is read from end to end; the question is whether the index fits the query at all.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM search_indexentry WHERE vector @@ to_tsquery('commons_english', %s)",
            ["topic77"],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "search_entry_vector" in plan
