"""A few child processes that render Markdown, kept between jobs and replaced when one dies.

`Pool.render` gives HTML, or None when the text was too much: its child was killed by its CPU clock, failed, or did
not answer within the wall-clock cap. A child serves a bounded number of jobs. The pool belongs to one process: after a
fork the new process starts with an empty one. Threads may share it.
"""

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from queue import LifoQueue

ROOT = Path(__file__).resolve().parents[2]
SIZE = 2
JOBS_A_CHILD = 500
WALL_SECONDS = 5.0


class Child:
    """One rendering process and the line to it."""

    def __init__(self) -> None:
        self.connection, theirs = Pipe()
        self.jobs = 0
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", "core.markdown.child", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()

    @property
    def pid(self) -> int:
        """Its process id, for tests."""
        return self._process.pid

    def render(self, source: bytes, wall_seconds: float) -> bytes | None:
        """The answer to one job; None when the child died of it or is silent."""
        self.jobs += 1
        with suppress(EOFError, OSError):
            self.connection.send_bytes(source)
            if self.connection.poll(wall_seconds):
                return self.connection.recv_bytes()
        return None

    def stop(self) -> None:
        """Ends the process and takes its exit code, so that no zombie stays."""
        self.connection.close()
        self._process.kill()
        self._process.wait()


class Pool:
    """Hands jobs to at most `size` children; children are started when first needed."""

    def __init__(self, *, size: int = SIZE, wall_seconds: float = WALL_SECONDS) -> None:
        self._size = size
        self._wall_seconds = wall_seconds
        self.forget()

    def forget(self) -> None:
        """Starts with no children, without stopping any: what a forked process does, as they answer its parent."""
        self._places: LifoQueue[Child | None] = LifoQueue()
        for _place in range(self._size):
            self._places.put(None)

    def render(self, source: str) -> str | None:
        """Cleaned HTML of `source`, or None when it was too much for a child."""
        job = source.encode("utf-8")
        child = self._places.get()
        keep = None
        try:
            child = child or Child()
            answer = child.render(job, self._wall_seconds)
            if answer is not None and child.jobs < JOBS_A_CHILD:
                keep = child
        finally:
            if child and not keep:
                child.stop()
            self._places.put(keep)
        return None if answer is None else answer.decode("utf-8")

    def close(self) -> None:
        """Stops the children; the pool can be used again afterwards."""
        for place in [self._places.get() for _place in range(self._places.qsize())]:
            if place:
                place.stop()
            self._places.put(None)


pool = Pool()
atexit.register(pool.close)
os.register_at_fork(after_in_child=pool.forget)
