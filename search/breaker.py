"""A circuit breaker: after a few failures in a short time nobody asks for a while, then one asks to find out.

Per process and safe among threads. It knows nothing of what it protects; the caller tells it how each call went.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

FAILURES = 5
WINDOW_SECONDS = 10.0
PAUSE_SECONDS = 15.0


class Breaker:
    """Closed: every call may go. Open: none. After the pause one probe may go, and its outcome decides."""

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        window: float = WINDOW_SECONDS,
        pause: float = PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit, self._window, self._pause, self._clock = failures, window, pause, clock
        self._lock = threading.Lock()
        self._failed: deque[float] = deque(maxlen=failures)
        self._open_until: float | None = None
        self._probe_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether calls are refused or only probed."""
        return self._open_until is not None

    def allows(self) -> bool:
        """Whether this call may go. Whoever is allowed must report success or failure; a probe that never does is
        forgotten after another pause."""
        with self._lock:
            if self._open_until is None:
                return True
            now = self._clock()
            if now < self._open_until or now < self._probe_until:
                return False
            self._probe_until = now + self._pause
            return True

    def succeeded(self) -> None:
        """A call came back well: closed again."""
        with self._lock:
            self._failed.clear()
            self._open_until = None
            self._probe_until = 0.0

    def failed(self) -> None:
        """A call failed: opens when that was one too many, or when it was the probe."""
        with self._lock:
            now = self._clock()
            self._failed.append(now)
            too_many = len(self._failed) == self._limit and now - self._failed[0] <= self._window
            if self._open_until is not None or too_many:
                self._open_until = now + self._pause
                self._probe_until = 0.0
