"""The portal as it runs for people: an own process with starter and demo content, looked at through Chromium.

Journeys share one portal a session, so each leaves what it changed as it found it, or changes only its own. Every page
opened with `open_as` is watched from before it is opened; `check_page` says what is wrong with it.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from scripts.processes import HOST, PYTHON, ROOT, free_port, gunicorn, start, stop, wait_for, worker
from tests.browser.chromium import Chromium
from tests.browser.page_checks import DEMO_PASSWORD, Watch, demo_email, playwright, sign_in
from tests.databases import lend_file

DEFAULT_PERSON = "ilse_koster"
DATABASE = "portal.sqlite3"
STRANGER = "stranger"
ROLE_CLAIM = "alliance-managers"
"""The group that tells the portal at sign-in who is an alliance manager; nobody of the demo is in it."""
WIDTHS = {1280: 800, 390: 844}
START_SECONDS = 60.0
COMMAND_SECONDS = 300.0
JOURNEY_SECONDS = 360.0


@dataclass
class Portal:
    """A running portal and its commands."""

    url: str
    environment: dict[str, str]
    sessions: dict[str, Path] = field(default_factory=dict)

    def manage(self, *words: str) -> str:
        """Runs a command of manage.py on its database; returns what it printed, raises where it failed."""
        try:
            done = subprocess.run(
                [PYTHON, "manage.py", *words],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=COMMAND_SECONDS,
            )
        except subprocess.TimeoutExpired as late:
            raise AssertionError(
                f"manage.py {words[0]} had not ended after {COMMAND_SECONDS:.0f} s:\n{late.stdout!r}{late.stderr!r}"
            ) from late
        if done.returncode:
            raise AssertionError(f"manage.py {words[0]} failed:\n{done.stdout}{done.stderr}")
        return done.stdout


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One portal for the session, on SQLite, with Elasticsearch where the tests have it."""
    with run_portal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@contextmanager
def run_portal(folder: Path) -> Iterator[Portal]:
    """A portal with everything it keeps in a folder, its database, too, where there is one already."""
    port = free_port()
    running = Portal(
        url=f"http://{HOST}:{port}",
        environment={
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
            "SEARCH_INDEX_PREFIX": f"journey-{os.getpid()}-{port}",
            "SHOW_DEMO_SIGN_INS": "true",
            "ONBOARDING_ROLE_CLAIM": ROLE_CLAIM,
        },
    )
    if not (folder / DATABASE).exists():
        lend_file(folder / DATABASE)
        running.manage("prepare", "--verbosity", "0")
    log = folder / "web.log"
    processes = [
        start(command, environment=running.environment, log=log) for command in (gunicorn(port), worker())
    ]
    try:
        if not wait_for(f"{running.url}/health/live", processes[0], seconds=START_SECONDS):
            raise AssertionError(f"The portal did not start:\n{log.read_text(encoding='utf-8')}")
        yield running
    finally:
        for process in processes:
            stop(process)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The system's Chromium."""
    with playwright() as running:
        started = Chromium(running)
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Browser]:
    """A browser that answers; a journey that hangs in it fails, and the next one gets another."""
    with chromium.ended_after(JOURNEY_SECONDS):
        yield chromium.browser()
        chromium.close_all()


class OpenAs(Protocol):
    """What `open_as` gives."""

    def __call__(
        self, person: str = ..., *, width: int = ..., scheme: Any = ..., javascript: bool = ...
    ) -> Page:
        """An empty page of a person's own context, a demo person by key or somebody else by e-mail address."""


@pytest.fixture
def open_as(browser: Browser, portal: Portal) -> Iterator[OpenAs]:
    """Makes pages signed in as a demo person, by key, as somebody of the journey, by address, or as a stranger."""

    def open_page(
        person: str = DEFAULT_PERSON, *, width: int = 1280, scheme: Any = "light", javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": width, "height": WIDTHS.get(width, 800)},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
            storage_state=_session(browser, portal, person),
        )
        page = context.new_page()
        _watches[page] = Watch(page)
        return page

    yield open_page
    _watches.clear()


_watches: dict[Page, Watch] = {}


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """Asserts that axe, console, policy and width have nothing against a page of `open_as` as it stands now."""

    def check(page: Page) -> None:
        found = _watches[page].findings()
        assert not found, f"{page.url}:\n" + "\n".join(found)

    return check


def _session(browser: Browser, portal: Portal, person: str) -> Path | None:
    """The cookies of a person; signed in once a session, since the portal limits how often one may."""
    if person == STRANGER:
        return None
    if person not in portal.sessions:
        target = Path(portal.environment["VAR_DIR"]) / f"{person}.json"
        with browser.new_context() as context:
            email = person if "@" in person else demo_email(person)
            sign_in(context.new_page(), portal.url, email=email, password=DEMO_PASSWORD)
            context.storage_state(path=target)
        portal.sessions[person] = target
    return portal.sessions[person]
