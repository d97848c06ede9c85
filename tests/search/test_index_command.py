"""`search_index` without Elasticsearch: it works on the index of the database, says so, and says what was wrong with it."""

from collections.abc import Sequence
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from search.api import touch_many
from search.models import IndexEntry, OutboxEntry
from search.services import reconcile
from search.services.lock import only_one
from search.services.sides import Entry, differences
from tests.contracts.notes import Note

ALONE = "ELASTICSEARCH_URL is not set"


@pytest.fixture(autouse=True)
def alone(settings: Settings, db: None, only_notes: None) -> None:
    """No server is named."""
    settings.ELASTICSEARCH_URL = ""


def shelf(count: int = 3, kind: str = "note") -> list[Note]:
    """Notes that are in the index as they are."""
    notes = [
        Note.objects.create(shelf=kind, title=f"Note {number}", text="charter") for number in range(count)
    ]
    touch_many([note.pk for note in notes], kind=kind)
    return list(Note.objects.filter(shelf=kind).order_by("pk"))


def command(*words: str, **options: Any) -> str:
    """What the command says."""
    said = StringIO()
    call_command("search_index", *words, stdout=said, **options)
    return said.getvalue()


def titles(kind: str = "note") -> dict[int, str]:
    """What the index holds."""
    return dict(IndexEntry.objects.filter(kind=kind).values_list("object_id", "title"))


def spoil(notes: Sequence[Note]) -> None:
    """Does behind the back of the services what raw SQL does: one is stale, one missing, one an orphan, one closed."""
    stale, missing, orphan, closed = notes
    Note.objects.filter(pk=stale.pk).update(title="Renamed")
    IndexEntry.objects.filter(kind="note", object_id=missing.pk).delete()
    Note.objects.filter(pk=orphan.pk)._raw_delete("default")
    Note.objects.filter(pk=closed.pk).update(published=False)


def test_there_is_nothing_to_create() -> None:
    said = command("create")
    assert ALONE in said
    assert "come with the migrations" in said


def test_a_rebuild_writes_what_there_is_and_takes_out_what_is_not() -> None:
    notes = shelf(4)
    spoil(notes)
    said = command("rebuild", kind=["note"])
    assert ALONE in said
    assert "note: 2 documents in the database" in said
    assert titles() == {notes[0].pk: "Renamed", notes[1].pk: "Note 1"}


def test_a_rebuild_of_one_kind_leaves_the_others_as_they_are() -> None:
    (note,), (memo,) = shelf(1), shelf(1, "memo")
    Note.objects.update(title="Renamed")
    assert "memo" not in command("rebuild", kind=["note"])
    assert (titles("note"), titles("memo")) == ({note.pk: "Renamed"}, {memo.pk: "Note 0"})


@pytest.mark.parametrize("page", [1, 2, 500])
def test_reconciling_counts_what_was_wrong_and_mends_it_once(
    page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "PAGE", page)
    notes = shelf(4)
    spoil(notes)
    said = command("reconcile", kind=["note"])
    assert "kind=note side=database checked=2 missing=1 stale=1 orphan=2 purged=0" in said
    assert "reconcile repairs=4" in said
    assert titles() == {notes[0].pk: "Renamed", notes[1].pk: "Note 1"}
    assert "reconcile repairs=0" in command("reconcile")


def test_reconciling_finds_what_lies_beyond_the_last_object() -> None:
    first, last = shelf(2)
    Note.objects.filter(pk=last.pk)._raw_delete("default")
    assert "orphan=1" in command("reconcile", kind=["note"])
    assert titles() == {first.pk: "Note 0"}


def test_strict_ends_with_an_error_after_repairing() -> None:
    spoil(shelf(4))
    with pytest.raises(CommandError, match="4 documents were wrong and have been repaired") as fault:
        command("reconcile", strict=True)
    assert fault.value.returncode == 1
    assert "reconcile repairs=0" in command("reconcile", strict=True)


@pytest.mark.parametrize("count", [3, 30])
def test_reconciling_what_is_right_asks_the_same_of_many(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shelf(count)
    with django_assert_max_num_queries(6):
        assert f"checked={count} " in command("reconcile", kind=["note"])


def test_while_another_one_runs_nothing_is_touched() -> None:
    spoil(shelf(4))
    before = titles()
    with only_one("reconcile-note"), pytest.raises(CommandError, match="running already"):
        command("reconcile", kind=["note"])
    assert titles() == before


def test_inspecting_tells_what_there_is_what_waits_and_what_was_given_up() -> None:
    shelf(3)
    OutboxEntry.objects.create(
        kind="note", object_id=1, version=2, created=timezone.now() - timedelta(minutes=5)
    )
    OutboxEntry.objects.create(
        kind="note",
        object_id=7,
        version=3,
        parked=True,
        attempts=9,
        narrowing=True,
        error="mapper_parsing " * 40,
    )
    said = command("inspect")
    assert ALONE in said
    assert "note: 3 in the database" in said
    assert "memo: 0 in the database" in said
    assert "outbox: 1 waiting, the oldest for 300 s; 1 narrow access; 1 parked" in said
    assert "parked note:7 v3 after 9 tries: mapper_parsing" in said
    assert len(max(said.splitlines(), key=len)) < 250


def test_parked_changes_are_tried_again_only_when_that_is_asked_for() -> None:
    OutboxEntry.objects.create(kind="note", object_id=7, version=3, parked=True, attempts=9)
    assert "1 parked" in command("inspect")
    assert OutboxEntry.objects.get().parked
    assert "1 parked changes will be tried again" in command("inspect", retry=True)
    row = OutboxEntry.objects.get()
    assert (row.parked, row.attempts) == (False, 0)
    assert row in OutboxEntry.objects.due()


@pytest.mark.parametrize("words", [(), ("polish",), ("rebuild", "--kind", "poem")])
def test_what_it_does_not_know_is_refused(words: tuple[str, ...]) -> None:
    shelf(1)
    with pytest.raises(CommandError):
        command(*words)
    assert len(titles()) == 1


SIDE = st.dictionaries(st.integers(1, 12), st.integers(1, 3))


@given(SIDE, SIDE)
def test_two_sides_differ_where_their_contents_do(truth: dict[int, int], index: dict[int, int]) -> None:
    def side(versions: dict[int, int]) -> list[Entry]:
        return [Entry(pk, versions[pk]) for pk in sorted(versions)]

    found = {one.object_id: one.sort for one in differences(side(truth), side(index))}
    assert found == {
        pk: "orphan" if pk not in truth else "missing" if pk not in index else "stale"
        for pk in truth | index
        if truth.get(pk) != index.get(pk)
    }
