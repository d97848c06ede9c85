"""The worker does what waits, outlives a lost database, stops when told, and fails loudly at anything else."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django_tasks import task

from core.facts import Fact, LessonPublished, deliver_waiting, publish, subscribe, unsubscribe
from core.models import StoredFact
from notifications.api import send_waiting_mail
from portal import background
from portal.background import (
    JobQueue,
    Loop,
    Seldom,
    drain,
    forget_old_drafts,
    forget_old_files,
    look_at_the_clock,
    look_at_the_paths,
    queue_worker,
    turns,
)
from search.services.drain import drain as feed_elasticsearch

WAIT_SECONDS = 20


@pytest.fixture
def heard() -> Iterator[list[Fact]]:
    """What a subscriber of published lessons was told."""
    told: list[Fact] = []
    subscribe(LessonPublished, told.append)
    yield told
    unsubscribe(LessonPublished, told.append)


@pytest.mark.django_db
def test_once_does_what_waits_and_ends(heard: list[Fact]) -> None:
    publish(LessonPublished(lesson_id=7))
    output = StringIO()
    call_command("worker", "--once", stdout=output)
    assert heard == [LessonPublished(lesson_id=7)]
    assert "Nothing waits." in output.getvalue()


@pytest.mark.django_db
def test_doing_it_again_does_nothing(heard: list[Fact]) -> None:
    publish(LessonPublished(lesson_id=7))
    drain()
    drain()
    assert len(heard) == 1
    assert StoredFact.objects.filter(delivered=None).count() == 0


@pytest.mark.django_db
def test_more_than_one_batch_is_done(heard: list[Fact]) -> None:
    for number in range(205):
        publish(LessonPublished(lesson_id=number))
    drain()
    assert len(heard) == 205


def test_changes_reach_elasticsearch_before_facts_are_told_and_tidying_goes_last() -> None:
    assert turns() == (
        feed_elasticsearch,
        deliver_waiting,
        send_waiting_mail,
        look_at_the_clock,
        look_at_the_paths,
        forget_old_drafts,
        forget_old_files,
    )


def test_what_is_seldom_due_is_done_once_in_its_time() -> None:
    seldom, often = Seldom(lambda: 3, seconds=3600), Seldom(lambda: 3, seconds=0)
    assert [seldom(), seldom()] == [3, 0]
    assert [often(), often()] == [3, 3]


@pytest.mark.django_db
def test_the_loop_stops_when_told() -> None:
    stopping = threading.Event()
    rounds: list[int] = []

    def turn() -> int:
        rounds.append(1)
        if len(rounds) == 3:
            stopping.set()
        return 0

    Loop((turn,), stopping=stopping, idle=0).run()
    assert len(rounds) == 3


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("away"), InterfaceError("closed")])
def test_a_lost_database_is_waited_out_with_growing_pauses(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.background.connections.close_all", lambda: None)
    answers: list[Exception | int] = [error, error, 1]

    def turn() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    loop = Loop((turn,), stopping=threading.Event(), idle=0.5)
    pauses = []
    for _ in range(3):
        loop.once()
        pauses.append(loop.pause)
    assert pauses == [1.0, 2.0, 0.5]


@pytest.mark.django_db
def test_pauses_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.background.connections.close_all", lambda: None)

    def turn() -> int:
        raise OperationalError("away")

    loop = Loop((turn,), stopping=threading.Event(), idle=0.5)
    for _ in range(12):
        loop.once()
    assert loop.pause == background.LONGEST_PAUSE_SECONDS


@pytest.mark.django_db
def test_any_other_fault_ends_the_loop() -> None:
    def turn() -> int:
        raise ValueError("a fault of the program")

    with pytest.raises(ValueError, match="a fault of the program"):
        Loop((turn,), stopping=threading.Event()).run()


def test_a_stopped_queue_ends_the_loop() -> None:
    queue = JobQueue()
    assert queue.check() == 0
    queue.failure = KeyError("job")
    with pytest.raises(RuntimeError, match="job queue has stopped"):
        queue.check()


@task()
def note(text: str) -> str:
    """A job for the test below."""
    return text.upper()


@pytest.mark.django_db(transaction=True)
def test_queued_jobs_are_run_until_none_waits() -> None:
    from django_tasks_db import DatabaseBackend
    from django_tasks_db.models import DBTaskResult

    backend = DatabaseBackend("default", {"OPTIONS": {}, "QUEUES": ["default"]})
    for text in ("one", "two"):
        backend.enqueue(note.using(backend="default"), [text], {})
    queue_worker(batch=True).run()
    assert set(DBTaskResult.objects.values_list("return_value", flat=True)) == {"ONE", "TWO"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_stops_cleanly_on_signals(number: signal.Signals, prepared: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--interval", "0.1"],
        cwd=settings.BASE_DIR,
        env=prepared,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "The worker runs.\n"
    process.send_signal(number)
    output, errors = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0, errors
    assert output == "The worker has stopped.\n"


def test_the_process_fails_where_it_cannot_work(prepared: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "worker", "--interval", "no number"],
        cwd=settings.BASE_DIR,
        env=prepared,
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
