"""Looks at pages as a demo person: pictures into var/look/, and everything Chromium finds wrong with them.

    python -m scripts.look / /playbook/ --as amara_osei

Each address is opened at 1280 and 390 px, light and dark. Printed are axe findings, sideways overflow, console errors
and policy violations; exit code 1 where there is one. BASE_URL names a running portal; without it one is started on
the database of the shell. Changes nothing but the pictures.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

from scripts.needs import chromium_path
from scripts.processes import HOST, VAR_DIR, free_port, gunicorn, refuse, start, stop, wait_for
from tests.browser.page_checks import DEMO_PASSWORD, Watch, chromium, demo_email, sign_in

WIDTHS = {1280: 800, 390: 844}
SCHEMES = ("light", "dark")
SETTLE_MILLISECONDS = 150
DEFAULT_PERSON = "ilse_koster"
STRANGER = "stranger"


def main(words: list[str] | None = None) -> int:
    """Looks at every address; returns the exit code."""
    options = _parse(words)
    if not Path(chromium_path()).exists():
        refuse(
            "There is no Chromium here: install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM to it."
        )
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _portal() as base_url, chromium() as browser:
        found = sum(
            _look(browser, base_url, url, person=options.person, folder=folder, width=width, scheme=scheme)
            for url, width, scheme in product(options.urls, WIDTHS, SCHEMES)
        )
    print(f"{found} findings; the pictures are in {folder}")
    return 1 if found else 0


def _parse(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="look", description="Pictures of pages and what is wrong with them."
    )
    parser.add_argument("urls", nargs="*", default=["/"], help="addresses on the portal, such as /playbook/")
    parser.add_argument(
        "--as",
        dest="person",
        default=os.environ.get("AS") or DEFAULT_PERSON,
        help="key of a demo person in content/people.yaml, or 'stranger'",
    )
    parser.add_argument("--folder", default=str(VAR_DIR / "look"))
    return parser.parse_args(words)


@contextmanager
def _portal() -> Iterator[str]:
    """The address of the portal to look at."""
    named = os.environ.get("BASE_URL", "").rstrip("/")
    if named:
        yield named
        return
    port = free_port()
    server = start(gunicorn(port), environment={"DJANGO_SETTINGS_MODULE": "portal.settings.dev"})
    try:
        base_url = f"http://{HOST}:{port}"
        if not wait_for(f"{base_url}/health/live", server, seconds=30):
            refuse("The portal did not start; its message stands above.")
        yield base_url
    finally:
        stop(server)


def _look(
    browser: Browser, base_url: str, url: str, *, person: str, folder: Path, width: int, scheme: str
) -> int:
    """One address at one width in one scheme; prints the findings and returns how many there are."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        storage_state=_signed_in(browser, base_url, person),
    )
    page = context.new_page()
    watch = Watch(page)
    try:
        answer = page.goto(f"{base_url}{url}")
        page.wait_for_timeout(SETTLE_MILLISECONDS)
        picture = folder / f"{_slug(url)}-{width}-{scheme}.png"
        findings = watch.findings()
        page.screenshot(path=picture, full_page=True)
        print(f"{answer.status if answer else '---'} {url} {width} {scheme} {picture.name}: {len(findings)}")
    except Error as error:
        findings = [f"open: {error.message}"]
        print(f"--- {url} {width} {scheme}: not opened")
    finally:
        context.close()
    for finding in findings:
        print(f"    {finding}")
    return len(findings)


_sessions: dict[str, Path] = {}


def _signed_in(browser: Browser, base_url: str, person: str) -> Path | None:
    """The cookies of a person, signed in once a run; None for a stranger."""
    if person == STRANGER:
        return None
    if person not in _sessions:
        context = browser.new_context()
        page: Page = context.new_page()
        try:
            sign_in(page, base_url, email=demo_email(person), password=DEMO_PASSWORD)
        except (AssertionError, KeyError) as error:
            refuse(f"{error.args[0]} Has `manage.py load_starter --demo` been run on this database?")
        target = VAR_DIR / "look" / "session.json"
        context.storage_state(path=target)
        context.close()
        _sessions[person] = target
    return _sessions[person]


def _slug(url: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", url.lower()).strip("-")[:80] or "home"


if __name__ == "__main__":
    sys.exit(main())
