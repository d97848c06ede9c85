"""Rebuild, reconcile, inspect on a real server: nothing wrong goes live, nothing that is live is lost."""

from collections.abc import Callable, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.api import remove, touch, touch_many
from search.documents import specs
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import background_client
from search.indices import (
    all_generations,
    description,
    loading_alias,
    new_index_name,
    read_alias,
    source_of,
    write_alias,
)
from search.models import IndexEntry, OutboxEntry
from search.parsing import ParsedQuery
from search.queries import SearchQuery
from search.services import rebuild as rebuilding
from search.services.drain import drain
from search.services.index_writes import Write, write_all, write_chunk, writing_aliases
from search.services.lock import BusyError, only_one
from search.services.rebuild import RebuildError, rebuild
from search.services.sides import Entry, contents_in_elasticsearch, contents_of, differences
from tests.contracts.notes import KINDS, Note, to_document

pytestmark = [pytest.mark.elasticsearch, pytest.mark.usefixtures("own_prefix")]
TOKENS = frozenset({"community"})


def shelf(count: int = 5, **fields: Any) -> list[Note]:
    """Notes, indexed in the database, with their rows in the outbox."""
    notes = [Note.objects.create(title=f"Note {number}", text="charter", **fields) for number in range(count)]
    touch_many([note.pk for note in notes], kind="note")
    return list(Note.objects.filter(pk__in=[note.pk for note in notes]))


def command(*words: str, **options: Any) -> str:
    """What the command says."""
    said = StringIO()
    call_command("search_index", *words, stdout=said, **options)
    return said.getvalue()


def live(kind: str = "note") -> str:
    """The index readers search."""
    return next(iter(background_client().indices.get_alias(name=read_alias(kind)).body))


def generations(kind: str = "note") -> list[str]:
    """All indexes of a kind."""
    return sorted(background_client().indices.get(index=all_generations(kind), allow_no_indices=True).body)


def in_index(kind: str = "note") -> dict[int, int]:
    """Ids and versions in the live index."""
    client = background_client()
    client.indices.refresh(index=read_alias(kind))
    return {entry.object_id: entry.version for entry in contents_in_elasticsearch(client, read_alias(kind))}


def expected() -> dict[int, int]:
    """Ids and versions in the database."""
    return dict(Note.objects.filter(shelf="note", published=True).values_list("pk", "search_version"))


def silent(_text: str) -> None:
    """Progress nobody reads."""


def tampering(monkeypatch: pytest.MonkeyPatch, tamper: Callable[[str], None]) -> None:
    """Does something to the new index between filling it and the gate."""
    gate = rebuilding.pass_gate

    def tampered(client: Any, spec: Any, index: str, report: Any) -> None:
        tamper(index)
        gate(client, spec, index, report)

    monkeypatch.setattr(rebuilding, "pass_gate", tampered)
    monkeypatch.setattr(rebuilding, "GATE_PAUSE_SECONDS", 0.0)


def test_a_rebuild_makes_a_live_index_equal_to_the_database() -> None:
    shelf()
    said = command("rebuild")
    assert "note: 5 documents" in said
    assert in_index() == expected()
    assert len(in_index()) == 5
    assert not OutboxEntry.objects.exists()


def test_a_rebuild_moves_both_aliases_in_one_step_and_keeps_one_generation() -> None:
    shelf()
    seen = []
    for _number in range(3):
        rebuild(specs.get("note"), silent)
        seen.append(live())
    assert len(set(seen)) == 3
    assert generations() == seen[1:]
    aliases = background_client().indices.get_alias(index=live()).body[live()]["aliases"]
    assert set(aliases) == {read_alias("note"), write_alias("note")}


def test_the_index_is_served_with_serving_settings() -> None:
    rebuild(specs.get("note"), silent)
    index = background_client().indices.get(index=live()).body[live()]
    assert index["settings"]["index"]["refresh_interval"] == "1s"
    assert index["settings"]["index"]["auto_expand_replicas"] == "0-1"
    assert index["mappings"]["dynamic"] == "false"
    assert index["mappings"]["_meta"] == description(specs.get("note"))["mappings"]["_meta"]


@pytest.mark.parametrize("damage", ["missing", "orphan", "stale"])
def test_a_new_index_that_differs_never_goes_live(monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    notes = shelf()
    rebuild(specs.get("note"), silent)
    drain()
    before = live(), in_index()

    def tamper(index: str) -> None:
        client = background_client()
        if damage == "missing":
            client.delete(index=index, id=f"note:{notes[0].pk}")
        else:
            number = notes[0].pk + (10_000 if damage == "orphan" else 0)
            source = source_of(to_document(notes[0])) | {"object_id": number, "version": 99}
            client.index(
                index=index, id=f"note:{number}", document=source, version=99, version_type="external_gte"
            )

    tampering(monkeypatch, tamper)
    with pytest.raises(CommandError, match=damage):
        command("rebuild", "--kind", "note")
    assert (live(), in_index()) == before
    assert generations() == [before[0]]


def test_changes_during_a_rebuild_reach_both_indexes(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = shelf()
    rebuild(specs.get("note"), silent)
    drain()
    old = live()

    def change(_index: str) -> None:
        Note.objects.filter(pk=notes[0].pk).update(title="Changed")
        touch(notes[0], kind="note")
        key, version = notes[1].pk, notes[1].search_version
        notes[1].delete()
        remove(kind="note", object_id=key, version=version)
        assert writing_aliases(background_client())["note"] == [write_alias("note"), loading_alias("note")]
        assert drain() == 2

    tampering(monkeypatch, change)
    rebuild(specs.get("note"), silent)
    assert in_index() == expected()
    client = background_client()
    client.indices.refresh(index=old)
    assert {entry.object_id for entry in contents_in_elasticsearch(client, old)} == set(expected())


def test_a_change_not_yet_drained_passes_the_gate_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = shelf()

    def change(_index: str) -> None:
        touch(notes[0], kind="note")

    tampering(monkeypatch, change)
    rebuild(specs.get("note"), silent)
    assert in_index() == expected()


def test_a_refused_document_stops_the_rebuild_and_leaves_no_trace() -> None:
    shelf(2)
    rebuild(specs.get("note"), silent)
    before = live()
    poison = shelf(1, reuse=2**40)[0]
    with pytest.raises(RebuildError, match=f"note:{poison.pk}"):
        rebuild(specs.get("note"), silent)
    assert generations() == [before]


def test_what_a_killed_rebuild_left_is_cleared_away() -> None:
    client = background_client()
    left = f"{read_alias('note')}-20200101000000000000"
    client.indices.create(index=left, aliases={loading_alias("note"): {}})
    rebuild(specs.get("note"), silent)
    assert generations() == [live()]
    assert not client.indices.exists_alias(name=loading_alias("note"))


def test_two_rebuilds_of_a_kind_do_not_run_at_once() -> None:
    with only_one("rebuild-note"), pytest.raises(CommandError, match="running already"):
        command("rebuild", "--kind", "note")
    with only_one("one"), only_one("other"):
        pass
    with only_one("one"), pytest.raises(BusyError), only_one("one"):
        pass


def test_an_index_that_is_not_filled_is_not_searched() -> None:
    shelf()
    for kind in KINDS:
        name, wanted = new_index_name(kind), description(specs.get(kind))
        background_client().indices.create(index=name, **wanted, aliases={write_alias(kind): {}})
    drain()
    with pytest.raises(EngineUnavailable):
        ElasticsearchEngine().search(SearchQuery(), TOKENS, parsed=ParsedQuery())


def test_create_makes_what_is_missing_ready_for_readers_and_leaves_the_rest_alone() -> None:
    shelf()
    said = command("create")
    assert "note: 5 documents" in said
    assert "memo: 0 documents" in said
    before = live(), generations()
    assert command("create").count("is there") == len(KINDS)
    assert (live(), generations()) == before
    found = ElasticsearchEngine().search(SearchQuery(), TOKENS, parsed=ParsedQuery())
    assert found.total == 5


def test_lost_documents_are_not_read_as_no_results() -> None:
    shelf()
    command("rebuild")
    assert len(in_index()) == 5
    background_client().delete_by_query(index=live(), query={"match_all": {}}, refresh=True)
    with pytest.raises(EngineUnavailable, match="lost"):
        ElasticsearchEngine().search(SearchQuery(), TOKENS, parsed=ParsedQuery())


def test_writes_never_make_an_index() -> None:
    write = Write("own-nothing-write", "note:1", 1, {"title": "one"})
    results = write_chunk(background_client(), [write])
    assert results[0].error
    assert not background_client().indices.exists(index="own-nothing-write")


def test_reconcile_finds_nothing_where_nothing_is_wrong() -> None:
    shelf()
    command("rebuild")
    said = command("reconcile", "--strict")
    assert "kind=note side=elasticsearch checked=5 missing=0 stale=0 orphan=0" in said
    assert said.endswith("reconcile repairs=0\n")


def test_reconcile_repairs_elasticsearch() -> None:
    notes = shelf()
    command("rebuild")
    client = background_client()
    client.delete(index=write_alias("note"), id=f"note:{notes[0].pk}")
    source = source_of(to_document(notes[1])) | {"title": "wrong", "digest": "other"}
    orphan = source_of(to_document(notes[2])) | {"object_id": 999_999_999, "version": 7}
    alias = write_alias("note")
    writes = [Write(alias, f"note:{notes[1].pk}", 1, source), Write(alias, "note:999999999", 7, orphan)]
    assert len(list(write_all(client, writes, refresh=True))) == 2
    said = command("reconcile", "--kind", "note")
    assert "side=elasticsearch checked=5 missing=1 stale=1 orphan=1" in said
    assert in_index() == expected()
    assert command("reconcile", "--kind", "note").endswith("reconcile repairs=0\n")


def test_reconcile_catches_what_raw_sql_changed_on_both_sides() -> None:
    notes = shelf()
    command("rebuild")
    Note.objects.filter(pk=notes[0].pk).update(audience="practitioners")
    said = command("reconcile", "--kind", "note")
    assert "side=database checked=5 missing=0 stale=1 orphan=0" in said
    assert IndexEntry.objects.get(object_id=notes[0].pk).audience == "practitioners"
    held = background_client().get(index=read_alias("note"), id=f"note:{notes[0].pk}")
    assert held["_source"]["audience"] == "practitioners"


def test_reconcile_catches_what_raw_sql_deleted() -> None:
    notes = shelf()
    command("rebuild")
    key = notes[0].pk
    Note.objects.filter(pk=key).delete()
    said = command("reconcile", "--kind", "note")
    assert "side=database checked=4 missing=0 stale=0 orphan=1" in said
    assert in_index() == expected()


def test_reconcile_repairs_an_index_ahead_of_a_restored_database() -> None:
    notes = shelf()
    command("rebuild")
    ahead = source_of(to_document(notes[0])) | {"version": 50, "title": "from the future", "digest": "other"}
    list(
        write_all(
            background_client(), [Write(write_alias("note"), f"note:{notes[0].pk}", 50, ahead)], refresh=True
        )
    )
    command("reconcile", "--kind", "note")
    held = background_client().get(index=read_alias("note"), id=f"note:{notes[0].pk}")
    assert held["_source"]["title"] == notes[0].title
    assert in_index() == expected()


def test_reconcile_with_strict_ends_with_an_error_when_anything_was_wrong() -> None:
    notes = shelf()
    command("rebuild")
    background_client().delete(index=write_alias("note"), id=f"note:{notes[0].pk}")
    with pytest.raises(CommandError, match="1 documents were wrong"):
        command("reconcile", "--kind", "note", "--strict")


def test_reconcile_builds_an_index_that_was_lost() -> None:
    shelf()
    assert "building it" in command("reconcile", "--kind", "note")
    assert in_index() == expected()


def test_old_tombstones_are_purged_and_young_ones_kept() -> None:
    shelf()
    command("rebuild")
    old = {
        "kind": "note",
        "object_id": 1,
        "version": 2,
        "visible": False,
        "deleted_at": "2020-01-01T00:00:00Z",
    }
    list(write_all(background_client(), [Write(write_alias("note"), "note:1", 2, old)], refresh=True))
    note = Note.objects.filter(shelf="note").first()
    assert note is not None
    key, version = note.pk, note.search_version
    note.delete()
    remove(kind="note", object_id=key, version=version)
    assert "purged=1" in command("reconcile", "--kind", "note")
    assert background_client().exists(index=read_alias("note"), id=f"note:{key}")


def test_inspect_tells_what_an_operator_needs() -> None:
    notes = shelf()
    command("rebuild")
    OutboxEntry.objects.create(
        kind="note", object_id=notes[0].pk, version=1, parked=True, attempts=8, error="refused"
    )
    said = command("inspect")
    assert f"searched: {live()}" in said
    assert "5 documents, 0 tombstones" in said
    assert f"parked note:{notes[0].pk} v1 after 8 tries: refused" in said
    assert "1 parked changes will be tried again" in command("inspect", "--retry")
    assert "0 parked" in command("inspect")


def test_inspect_notices_another_description(monkeypatch: pytest.MonkeyPatch) -> None:
    command("rebuild")
    monkeypatch.setattr("search.indices.LONGEST_KEYWORD", 77)
    assert "has changed since: run rebuild" in command("inspect")


def test_without_a_server_the_database_is_served_and_said_so(settings: Any) -> None:
    notes = shelf()
    settings.ELASTICSEARCH_URL = ""
    IndexEntry.objects.filter(object_id=notes[0].pk).delete()
    assert "index in the database" in command("create")
    assert "side=database checked=5 missing=1" in command("reconcile", "--kind", "note")
    IndexEntry.objects.filter(object_id=notes[1].pk).update(title="wrong")
    assert "note: 5 documents in the database" in command("rebuild")
    assert IndexEntry.objects.get(object_id=notes[1].pk).title == notes[1].title
    assert "note: 5 in the database" in command("inspect")


def test_a_server_that_is_away_ends_the_command_with_an_error(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="failed"):
        command("rebuild")


@pytest.mark.parametrize(
    ("truth", "index", "found"),
    [
        ([], [], []),
        ([1, 2, 3], [1, 2, 3], []),
        ([1, 2, 3], [], ["missing 1", "missing 2", "missing 3"]),
        ([], [1], ["orphan 1"]),
        ([1, 3, 5], [2, 3, 4], ["missing 1", "orphan 2", "orphan 4", "missing 5"]),
    ],
)
def test_sides_are_merged(truth: Sequence[int], index: Sequence[int], found: Sequence[str]) -> None:
    merged = differences([Entry(number, 1) for number in truth], [Entry(number, 1) for number in index])
    assert [f"{each.sort} {each.object_id}" for each in merged] == found


def test_versions_and_contents_are_compared() -> None:
    notes = shelf(2)
    contents = list(contents_of(specs.get("note")))
    assert [entry.object_id for entry in contents] == [note.pk for note in notes]
    other = [Entry(contents[0].object_id, contents[0].version, "other"), contents[1]]
    assert [each.sort for each in differences(contents, other)] == ["stale"]
