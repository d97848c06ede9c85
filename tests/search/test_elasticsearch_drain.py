"""The outbox on a real server: what arrives, what is refused, what waits, and what nobody finds in between."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from elasticsearch import NotFoundError

from search import documents
from search.api import pending_narrowings, remove, touch, touch_many
from search.documents import Document, specs
from search.engines.elasticsearch_client import background_client
from search.indices import read_alias, write_alias
from search.models import OutboxEntry
from search.services import drain as draining
from search.services.drain import MOST_TRIES, drain
from search.services.index_writes import Outcome, Write, write_all, write_chunk
from tests.contracts.notes import Note, to_document

pytestmark = [pytest.mark.elasticsearch, pytest.mark.usefixtures("indexes")]


def written(title: str = "Charter", **fields: Any) -> Note:
    """A note, told to the outbox and nobody else."""
    note = Note.objects.create(title=title, **fields)
    touch(note, kind="note")
    return note


def indexed(note: Note) -> dict[str, Any]:
    """What the server holds of a note now, searchable or not."""
    client = background_client()
    return dict(client.get(index=read_alias("note"), id=f"note:{note.pk}").body)


def found(text: str) -> int:
    """How many documents a search finds now."""
    query = {"bool": {"filter": [{"match": {"title": text}}, {"term": {"visible": True}}]}}
    return int(background_client().count(index=read_alias("note"), query=query)["count"])


def again() -> int:
    """Another turn without waiting for the pace."""
    draining.pace.not_before = 0.0
    return drain()


@pytest.fixture
def broken_notes() -> Iterator[set[int]]:
    """Notes whose document cannot be made; fill it with their keys."""
    broken: set[int] = set()
    spec = specs.get("note")

    def describe(note: Note) -> Document:
        if note.pk in broken:
            raise ValueError("no such word")
        return to_document(note)

    documents.specs._entries["note"] = replace(spec, to_document=describe)
    yield broken
    documents.specs._entries["note"] = spec


def test_a_change_arrives_whole_with_its_version_and_its_row_leaves() -> None:
    note = written(text="A charter", facets={"colour": ["red"]})
    assert drain() == 1
    held = indexed(note)
    assert held["_version"] == note.search_version == 1
    assert held["_source"]["facets"] == {"colour": ["red"]}
    assert not OutboxEntry.objects.exists()


def test_the_object_is_read_when_it_is_written_not_when_it_changed() -> None:
    note = written("Before")
    Note.objects.filter(pk=note.pk).update(title="After")
    touch(note, kind="note")
    assert OutboxEntry.objects.count() == 2
    assert drain() == 2
    assert indexed(note)["_source"]["title"] == "After"
    assert indexed(note)["_version"] == 2


def test_what_left_the_index_is_a_tombstone_without_text() -> None:
    note = written(text="secret")
    drain()
    Note.objects.filter(pk=note.pk).update(published=False)
    touch(note, kind="note")
    assert drain() == 1
    source = indexed(note)["_source"]
    assert (source["visible"], "title" in source, "text" in source) == (False, False, False)


def test_a_late_write_cannot_bring_a_deleted_object_back() -> None:
    note = written()
    drain()
    late = Write(
        write_alias("note"), f"note:{note.pk}", note.search_version, {"visible": True, "title": "back"}
    )
    version = note.search_version
    key = note.pk
    note.delete()
    remove(kind="note", object_id=key, version=version)
    drain()
    (result,) = write_all(background_client(), [late])
    assert (
        result.outcome is Outcome.DONE
    )  # refused because something newer is there, which is as it should be
    held = background_client().get(index=read_alias("note"), id=f"note:{key}")
    assert held["_source"]["visible"] is False


def test_an_older_version_is_refused_and_counts_as_done() -> None:
    note = written()
    touch(note, kind="note")
    drain()
    old = Write(write_alias("note"), f"note:{note.pk}", 1, {"visible": True, "title": "old"})
    (result,) = write_chunk(background_client(), [old])
    assert result.outcome is Outcome.DONE
    assert indexed(note)["_source"]["title"] == "Charter"


def test_a_refused_document_is_parked_after_eight_tries_and_others_flow() -> None:
    poison = written("Poison", reuse=2**40)  # more than the field can hold
    fine = written("Fine")
    assert drain() == 1
    assert indexed(fine)["found"]
    for _number in range(MOST_TRIES + 2):
        OutboxEntry.objects.update(next_at=timezone.now())
        assert again() == 0
    row = OutboxEntry.objects.get()
    assert (row.object_id, row.parked, row.attempts) == (poison.pk, True, MOST_TRIES)
    assert "reuse" in row.error
    with pytest.raises(NotFoundError):
        indexed(poison)


def test_tries_are_put_further_and_further_apart() -> None:
    written("Poison", reuse=2**40)
    pauses = []
    for _number in range(4):
        OutboxEntry.objects.update(next_at=timezone.now())
        again()
        pauses.append((OutboxEntry.objects.get().next_at - timezone.now()).total_seconds())
    assert pauses == sorted(pauses)
    assert pauses[-1] > 4 * pauses[0]


def test_an_object_that_cannot_be_described_does_not_stop_the_others(broken_notes: set[int]) -> None:
    good, bad = written("Good"), written("Bad")
    broken_notes.add(bad.pk)
    assert drain() == 1
    assert indexed(good)["found"]
    row = OutboxEntry.objects.get()
    assert (row.object_id, row.attempts) == (bad.pk, 1)
    assert "no such word" in row.error


def test_only_items_that_failed_are_tried_again() -> None:
    notes = [written(f"Note {number}", reuse=2**40 if number % 3 == 0 else 0) for number in range(9)]
    assert drain() == 6
    assert set(OutboxEntry.objects.values_list("object_id", flat=True)) == {note.pk for note in notes[::3]}


def test_a_server_that_takes_no_writes_costs_no_patience_and_recovers() -> None:
    note = written()
    client = background_client()
    client.indices.put_settings(index=write_alias("note"), settings={"index.blocks.write": True})
    try:
        assert drain() == 0
        assert drain() == 0  # within the same second: not even asked
        row = OutboxEntry.objects.get()
        assert (row.attempts, row.parked) == (0, False)
        assert "block" in row.error
    finally:
        client.indices.put_settings(index=write_alias("note"), settings={"index.blocks.write": None})
    OutboxEntry.objects.update(next_at=timezone.now())
    assert again() == 1
    assert indexed(note)["found"]


def test_without_an_index_changes_wait(settings: Any) -> None:
    settings.SEARCH_INDEX_PREFIX = "nowhere"
    written()
    assert drain() == 0
    assert OutboxEntry.objects.get().attempts == 0
    assert not background_client().indices.exists(index="nowhere-note-write")


def test_a_change_put_off_is_not_tried_early() -> None:
    written()
    OutboxEntry.objects.update(next_at=timezone.now() + timedelta(minutes=1))
    assert drain() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert again() == 1


def test_a_narrowing_is_searchable_as_narrowed_before_it_leaves_the_outbox() -> None:
    note = written("Zebra")
    drain()
    background_client().indices.refresh(index=read_alias("note"))
    assert found("zebra") == 1
    Note.objects.filter(pk=note.pk).update(published=False)
    touch(note, kind="note")
    assert pending_narrowings() == {f"note:{note.pk}"}
    drain()
    assert pending_narrowings() == frozenset()
    assert found("zebra") == 0


def test_batches_are_bounded() -> None:
    touch_many([Note.objects.create(title=f"Note {number}").pk for number in range(25)], kind="note")
    assert drain(batch=10) == 10
    assert drain(batch=10) == 10
    assert drain(batch=10) == 5
    assert drain(batch=10) == 0


def test_one_document_the_server_cannot_read_does_not_stop_a_bulk() -> None:
    alias = write_alias("note")
    writes = [
        Write(alias, f"note:{number}", 1, {"visible": True, "title": f"n{number}"}) for number in range(8)
    ]
    writes[3] = replace(writes[3], source={"reuse": "many"})
    results = list(write_all(background_client(), writes))
    assert [result.outcome for result in results].count(Outcome.DONE) == 7
    assert results[3].outcome is Outcome.REFUSED


def test_nothing_happens_without_a_server(settings: Any) -> None:
    written()
    settings.ELASTICSEARCH_URL = ""
    assert drain() == 0
    assert OutboxEntry.objects.count() == 1


def test_the_pace_lets_a_second_pass() -> None:
    draining.pace.slow_down()
    assert draining.pace.must_wait()
    assert draining.pace.not_before - time.monotonic() <= draining.AWAY_SECONDS
