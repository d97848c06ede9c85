"""What the worker process does, piece by piece: index what changed, tell facts, send mail, run queued jobs.

A turn does some waiting work and returns how much it did. The database being away is waited out with growing pauses;
anything else is a fault of the program and ends the process with an exit code, so that its supervisor and operator
see it. All turns can be repeated: what was half done when the process ended is done again.
"""

import threading
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from composer.api import clean_up
from core.facts import deliver_waiting
from forums.api import forget_unheld_files
from mentoring.api import run_mentoring_clock
from notifications.api import send_waiting_mail
from onboarding.api import run_onboarding_clock
from search.services.drain import drain as feed_elasticsearch

Turn = Callable[[], int]

DATABASE_QUEUE = "django_tasks_db.DatabaseBackend"
IDLE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STOP_SECONDS = 30.0
HOUR = 3600.0
CLOCK = 300.0
"""How often time is looked at in mentoring and onboarding, where it is counted in days."""

log = structlog.get_logger(__name__)


class Seldom:
    """A turn that is taken once in so many seconds: looking for old drafts twice a second would be work for nothing."""

    def __init__(self, turn: Turn, *, seconds: float) -> None:
        self.turn = turn
        self.seconds = seconds
        self.due = 0.0

    def __call__(self) -> int:
        """What the turn did, or nothing while it is not due."""
        now = time.monotonic()
        if now < self.due:
            return 0
        self.due = now + self.seconds
        return self.turn()


forget_old_drafts = Seldom(clean_up, seconds=HOUR)
look_at_the_clock = Seldom(run_mentoring_clock, seconds=CLOCK)
look_at_the_paths = Seldom(run_onboarding_clock, seconds=CLOCK)
forget_old_files = Seldom(forget_unheld_files, seconds=HOUR)


def turns() -> tuple[Turn, ...]:
    """The work of the main loop, the most urgent first."""
    seldom = (look_at_the_clock, look_at_the_paths, forget_old_drafts, forget_old_files)
    return (feed_elasticsearch, deliver_waiting, send_waiting_mail, *seldom)


class Loop:
    """Takes turns until it is told to stop; sleeps only where no turn found work."""

    def __init__(
        self, work: tuple[Turn, ...], *, stopping: threading.Event, idle: float = IDLE_SECONDS
    ) -> None:
        self.work = work
        self.stopping = stopping
        self.idle = idle
        self.pause = idle

    def run(self) -> None:
        """Returns when stopped; raises what a turn raised, unless the database was away."""
        while not self.stopping.is_set():
            if self.once() == 0:
                self.stopping.wait(self.pause)

    def once(self) -> int:
        """One round of all turns; how much was done."""
        close_old_connections()
        try:
            done = sum(turn() for turn in self.work)
        except (OperationalError, InterfaceError) as error:
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
            log.warning("database_away", error=str(error), pause=self.pause)
            connections.close_all()
            return 0
        self.pause = self.idle
        return done


class JobQueue:
    """django-tasks' own worker in a thread beside the loop, so that one process is all there is to run."""

    def __init__(self) -> None:
        self.failure: BaseException | None = None
        self._worker = queue_worker(batch=False)
        self._thread = threading.Thread(target=self._run, name="job-queue", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def check(self) -> int:
        """A turn that does nothing; raises what ended the thread."""
        if self.failure is not None:
            raise RuntimeError("The job queue has stopped.") from self.failure
        return 0

    def stop(self) -> None:
        """Lets the running job end, for a while."""
        self._worker.running = False
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        try:
            while self._worker.running:
                self._take_jobs()
        except Exception as error:
            self.failure = error
        finally:
            connections.close_all()

    def _take_jobs(self) -> None:
        try:
            self._worker.run()
        except (OperationalError, InterfaceError) as error:
            log.warning("database_away", error=str(error), queue=True)
            connections.close_all()
            threading.Event().wait(self._worker.interval)


def queue_worker(*, batch: bool) -> QueueWorker:
    """django-tasks' worker on all queues; with `batch` it returns when they are empty."""
    return QueueWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1.0,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


def uses_job_queue() -> bool:
    """Whether jobs wait in the database; in tests they wait in memory."""
    return bool(settings.TASKS["default"]["BACKEND"] == DATABASE_QUEUE)


def drain() -> None:
    """Does everything that waits now, then returns."""
    if uses_job_queue():
        queue_worker(batch=True).run()
    while sum(turn() for turn in turns()):
        continue
