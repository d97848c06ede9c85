"""How often and how long the running request asked the search server; read by the runtime headers.

The engine wraps each call in `search_call()`. Outside of `measured()` nothing is kept, so commands pay nothing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Calls and seconds of one kind of work."""

    calls: int = 0
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """Counts one more call."""
        self.calls += 1
        self.seconds += seconds


_running: ContextVar[Tally | None] = ContextVar("search_tally", default=None)


@contextmanager
def measured() -> Iterator[Tally]:
    """Counts the search calls made inside."""
    tally = Tally()
    token = _running.set(tally)
    try:
        yield tally
    finally:
        _running.reset(token)


@contextmanager
def search_call() -> Iterator[None]:
    """Counts one call to the search server, also one that fails."""
    tally = _running.get()
    start = time.perf_counter()
    try:
        yield
    finally:
        if tally is not None:
            tally.add(time.perf_counter() - start)
