"""Runs the whole portal on this machine: database, web server and worker together, until Ctrl-C.

    make run                 SQLite, search in the database; PORT and HOST choose the address
    make run-full            PostgreSQL and Elasticsearch, both started here and kept in var/

The first run loads the starter and demo content; later runs start in seconds and keep what was written. When one
process ends the others are stopped too, and the exit code is 1: half a portal is not left running.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from scripts.processes import HOST, gunicorn, refuse, start, stop, wait_for, worker
from scripts.servers import elasticsearch, postgresql

WEB_THREADS_WORKERS = 2
START_SECONDS = 60.0
WATCH_SECONDS = 0.3


class Stopped(Exception):
    """Somebody asked the portal to stop."""


def main(words: list[str] | None = None) -> int:
    """Prepares, starts, waits, stops; returns the exit code."""
    full = "--full" in (sys.argv[1:] if words is None else words)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    host, port = os.environ.get("HOST") or HOST, int(os.environ.get("PORT") or "8000")
    try:
        with ExitStack() as stack:
            if full:
                os.environ["DATABASE_URL"] = stack.enter_context(postgresql(kept=True))
                os.environ["ELASTICSEARCH_URL"] = stack.enter_context(elasticsearch(kept=True))
            sign_ins = _prepare()
            processes = stack.enter_context(_portal(host, port))
            print(_welcome(host, port, sign_ins), flush=True)
            return _watch(processes)
    except Stopped:
        print("Stopped.", flush=True)
        return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


def _prepare() -> str:
    """Brings the database up to date; returns the lines that tell who may sign in."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("prepare")
    from django.db import connections

    from portal.sign_ins import sign_ins_by_role

    lines = [f"  {role:<15}{email}" for role, email in sign_ins_by_role()]
    connections.close_all()
    return "\n".join(lines)


@contextmanager
def _portal(host: str, port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The two processes, stopped at the end."""
    processes = [
        start(gunicorn(port, host=host, workers=WEB_THREADS_WORKERS)),
        start(worker()),
    ]
    try:
        if not wait_for(f"http://{host}:{port}/health/live", processes[0], seconds=START_SECONDS):
            refuse("The web server did not start; its message stands above.")
        yield processes
    finally:
        for process in processes:
            stop(process)


def _welcome(host: str, port: int, sign_ins: str) -> str:
    from portal.sign_ins import DEMO_PASSWORD

    return (
        f"\nAlliance Commons runs at http://{host}:{port}/\n"
        f"Sign in with the password {DEMO_PASSWORD} as\n{sign_ins}\nCtrl-C stops it.\n"
    )


def _watch(processes: list[subprocess.Popen[bytes]]) -> int:
    """Waits until one of the processes ends."""
    while all(process.poll() is None for process in processes):
        time.sleep(WATCH_SECONDS)
    print("A process of the portal has ended; its message stands above.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
