"""Elasticsearch is killed again and again while people write and search: nothing is lost, stale or seen by the wrong eyes.

FAULT_KILLS says how often (default 2; `make test-faults` 20). The node is killed at random moments, idle and amid a bulk
request; writing, searching and the worker's turns go on throughout. Prints the figures of the run in one line.
"""

import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_django import Settings

from core.audiences import COMMUNITY, PRACTITIONERS
from search.api import remove, search, suggest, touch
from search.documents import specs
from search.engines import elasticsearch_client
from search.engines.elasticsearch_client import background_client
from search.indices import read_alias
from search.models import OutboxEntry
from search.queries import SearchQuery
from search.services import drain as draining
from search.services.rebuild import rebuild
from search.services.reconcile import reconcile
from search.services.sides import contents_in_elasticsearch, contents_of, differences
from tests.contracts.conftest import EMPLOYEE, PRACTITIONER
from tests.contracts.notes import KINDS, Note
from tests.search.own_server import OwnServer

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("only_notes")]
KILLS = int(os.environ.get("FAULT_KILLS", "2"))
SEED = int(os.environ.get("FAULT_SEED", "20261121"))
FIRST_NOTES = 300
BURST = 25
CATCH_UP_SECONDS = 60.0
LONGEST_SECONDS = 300 + 120 * KILLS
"""Twenty kills take nine minutes on a machine that does nothing else: the limit of all tests would end them amid."""
CANARY = "canaryword"


@dataclass
class Figures:
    """What the run must print."""

    writes: int = 0
    sent: int = 0
    left: int = 0
    backlog: int = 0
    leaks: int = 0
    failures: int = 0
    searches: Counter[bool] = field(default_factory=Counter)
    converged: list[float] = field(default_factory=list)

    def line(self, wrong: Counter[str], repairs: int) -> str:
        """One line, names as in the documentation."""
        times = sorted(self.converged)
        degraded = self.searches[True] / max(1, self.searches.total())
        return (
            f"faults writes={self.writes} kills={KILLS} lost={wrong['missing']} stale={wrong['stale']} "
            f"orphan={wrong['orphan']} leaks={self.leaks} converge_p50={statistics.median(times):.1f}s "
            f"converge_p95={times[int(len(times) * 0.95)] if len(times) > 1 else times[0]:.1f}s "
            f"converge_max={times[-1]:.1f}s backlog={self.backlog} duplicate_writes={max(0, self.sent - self.left)} "
            f"searches={self.searches.total()} failed={self.failures} from_database={degraded:.1%} "
            f"reconcile_repairs={repairs} seed={SEED}"
        )


class Office:
    """Writes, narrows, deletes and searches, and remembers who may no longer see what."""

    def __init__(self, figures: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
        self.random = random.Random(SEED)
        self.figures = figures
        self.hidden: set[int] = set()
        write_all = draining.write_all

        def counted(client: Any, writes: Sequence[Any], **options: Any) -> Iterator[Any]:
            figures.sent += len(writes)
            return write_all(client, writes, **options)

        monkeypatch.setattr(draining, "write_all", counted)

    def write(self) -> None:
        """One change of any sort."""
        self.figures.writes += 1
        notes = Note.objects.filter(published=True, audience=COMMUNITY)
        note = notes.order_by("?").first()
        sort = self.random.choice(["new", "change", "change", "narrow", "delete"])
        if note is None or sort == "new":
            self._new()
        elif sort == "change":
            note.title = f"{CANARY} changed {self.random.random()}"
            note.save()
            touch(note, kind=note.shelf)
        elif sort == "narrow":
            note.audience = PRACTITIONERS
            note.save()
            touch(note, kind=note.shelf, narrowing=True)
            self.hidden.add(note.pk)
        else:
            self.hidden.add(note.pk)
            key, version, kind = note.pk, note.search_version, note.shelf
            note.delete()
            remove(kind=kind, object_id=key, version=version)

    def _new(self) -> None:
        note = Note.objects.create(
            shelf=self.random.choice(list(KINDS)),
            title=f"{CANARY} {self.random.random()}",
            text="risk register charter " * self.random.randint(1, 60),
            facets={"colour": [self.random.choice(["red", "green", "blue"])]},
        )
        touch(note, kind=note.shelf)

    def fill(self) -> None:
        """A stock of notes to begin with."""
        for _number in range(FIRST_NOTES):
            self._new()

    def turn(self) -> None:
        """One turn of the worker."""
        waiting = OutboxEntry.objects.count()
        self.figures.backlog = max(self.figures.backlog, waiting)
        self.figures.left += draining.drain(batch=BURST)

    def look(self) -> None:
        """Searches as an employee: whatever was hidden must show nowhere, counts included."""
        try:
            results = search(SearchQuery(text=CANARY), EMPLOYEE)
            shown = {hit.object_id for hit in [*results.hits, *suggest(CANARY[:6], EMPLOYEE)]}
        except Exception:
            self.figures.failures += 1
            raise
        self.figures.searches[results.degraded] += 1
        self.figures.leaks += len(shown & self.hidden)
        visible = Note.objects.filter(published=True, audience=COMMUNITY).count()
        # A new note may not be found yet; one that may not be read must never be counted.
        self.figures.leaks += max(0, sum(results.kind_counts.values()) - visible)

    def work(self, seconds: float) -> None:
        """All of it, for a while."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for _number in range(5):
                self.write()
            self.turn()
            self.look()

    def converge(self) -> float:
        """Seconds until nothing waits any more."""
        began = time.monotonic()
        while OutboxEntry.objects.exists():
            assert time.monotonic() - began < CATCH_UP_SECONDS, OutboxEntry.objects.first()
            self.turn()
            self.look()
        return time.monotonic() - began


@pytest.fixture
def server(settings: Settings) -> Iterator[OwnServer]:
    """A server to be killed, with indexes that are live."""
    with OwnServer() as server:
        settings.ELASTICSEARCH_URL = server.url
        settings.SEARCH_INDEX_PREFIX = "faults"
        elasticsearch_client.breaker.succeeded()
        draining.pace.not_before = 0.0
        yield server


@pytest.fixture
def no_notes_left(transactional_db: None) -> Iterator[None]:
    """Notes are of no installed app, so nobody else clears them away."""
    yield
    Note.objects.all().delete()


def wrong_in_index() -> Counter[str]:
    """How the index differs from the database, now that all is quiet."""
    client = background_client()
    client.indices.refresh(index=",".join(read_alias(kind) for kind in KINDS))
    return Counter(
        difference.sort
        for spec in specs
        for difference in differences(
            contents_of(spec), contents_in_elasticsearch(client, read_alias(spec.kind))
        )
    )


@pytest.mark.timeout(LONGEST_SECONDS)
def test_kills_lose_nothing_and_show_nothing(
    server: OwnServer,
    no_notes_left: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    figures = Figures()
    office = Office(figures, monkeypatch)
    office.fill()
    for spec in specs:
        rebuild(spec, lambda _text: None)
    office.converge()
    for _number in range(KILLS):
        office.work(0.5)
        killer = server.kill_in(office.random.uniform(0.0, 0.6))
        office.work(1.5)
        killer.join(timeout=300)
        revival = server.revive_meanwhile()
        while revival.is_alive():
            office.work(0.3)
            time.sleep(0.7)
        revival.join(timeout=120)
        figures.converged.append(office.converge())
    wrong = wrong_in_index()
    repairs = sum(numbers.repairs for spec in specs for numbers in reconcile(spec, lambda _text: None))
    with capsys.disabled():
        sys.stdout.write(f"\n{figures.line(wrong, repairs)}\n")
    assert not wrong
    assert (figures.leaks, figures.failures, repairs) == (0, 0, 0)
    assert figures.searches[True] > 0, "the server was never away: nothing was proven"
    assert figures.searches[False] > 0, "the server never answered: nothing was proven"
    assert max(figures.converged) < 30.0


def test_a_note_narrowed_while_the_server_is_gone_stays_hidden_when_it_returns(
    server: OwnServer, no_notes_left: None
) -> None:
    note = Note.objects.create(shelf="note", title=CANARY)
    touch(note, kind="note")
    for spec in specs:
        rebuild(spec, lambda _text: None)
    while draining.drain():
        continue
    assert search(SearchQuery(text=CANARY), EMPLOYEE).total == 1
    server.kill()
    Note.objects.filter(pk=note.pk).update(audience=PRACTITIONERS)
    touch(note, kind="note")
    away = search(SearchQuery(text=CANARY), EMPLOYEE)
    assert (away.degraded, away.total) == (True, 0)
    server.revive()
    background_client().cluster.health(wait_for_status="yellow", timeout="30s")
    elasticsearch_client.breaker.succeeded()
    # The index still holds it for everybody; no turn of the worker has run yet.
    assert (
        background_client().get(index=read_alias("note"), id=f"note:{note.pk}")["_source"]["audience"]
        == COMMUNITY
    )
    back = search(SearchQuery(text=CANARY), EMPLOYEE)
    assert (back.degraded, back.total, sum(back.kind_counts.values())) == (False, 0, 0)
    draining.pace.not_before = 0.0
    assert draining.drain() == 1
    after = search(SearchQuery(text=CANARY), EMPLOYEE)
    assert (after.total, search(SearchQuery(text=CANARY), PRACTITIONER).total) == (0, 1)
