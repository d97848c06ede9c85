"""`manage.py worker`: the one process beside the web server. Indexes what changed, tells facts, runs queued jobs."""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.background import IDLE_SECONDS, JobQueue, Loop, drain, turns, uses_job_queue


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C (exit code 0) or until something fails (exit code 1)."""

    help = "Indexes what changed, tells facts and runs queued jobs, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument(
            "--interval", type=float, default=IDLE_SECONDS, help="seconds to wait where nothing waits"
        )

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        """Runs the loop and the queue."""
        if once:
            drain()
            self.stdout.write("Nothing waits.")
            return
        stopping = threading.Event()
        _stop_on_signals(stopping)
        queue = JobQueue() if uses_job_queue() else None
        work = turns() if queue is None else (*turns(), queue.check)
        if queue:
            queue.start()
        self.stdout.write("The worker runs.")
        self.stdout.flush()
        try:
            Loop(work, stopping=stopping, idle=interval).run()
        finally:
            if queue:
                queue.stop()
        self.stdout.write("The worker has stopped.")


def _stop_on_signals(stopping: threading.Event) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
