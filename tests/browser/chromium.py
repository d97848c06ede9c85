"""One Chromium for many journeys, ended by force where it no longer answers, and started anew for the next one.

Playwright has no limit of its own for closing a context or running a script, and an alarm that breaks into it leaves it
useless for all tests that follow. So a clock outside of it ends the processes of Chromium: whatever waits for them fails
with a plain error, and the next test gets a new browser.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from uuid import uuid4

from playwright.sync_api import Browser, Error, Playwright

from tests.browser.page_checks import launch

CLOSE_SECONDS = 20.0


class Chromium:
    """Starts a browser when one is asked for and there is none that answers."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self._mark = f"--journey={uuid4().hex}"
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        """The one that runs."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = launch(self._playwright, self._mark)
        return self._browser

    @contextmanager
    def ended_after(self, seconds: float) -> Iterator[None]:
        """Ends the browser where the block takes longer."""
        clock = Timer(seconds, self.kill)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def close_all(self) -> None:
        """Closes what is open; a browser that cannot is ended, which no test is to blame for."""
        with self.ended_after(CLOSE_SECONDS):
            for context in self._browser.contexts if self._browser else ():
                with suppress(Error):
                    context.close()

    def close(self) -> None:
        """Closes the browser."""
        if self._browser is not None:
            with self.ended_after(CLOSE_SECONDS), suppress(Error):
                self._browser.close()

    def kill(self) -> None:
        """Ends every process that carries our mark; the browser's own children end with it."""
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if self._mark.encode() in line.read_bytes():
                    os.kill(int(line.parent.name), signal.SIGKILL)
