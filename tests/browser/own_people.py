"""What journeys make for themselves: people beside those of the demo, gone when the journey is over, and copies.

They sign in with the password of the demo. Whoever was made for one journey is not proposed, counted or found in the next.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.conftest import DATABASE, Portal
from tests.browser.page_checks import DEMO_PASSWORD

MOST_STOPS = 80
MAKE = """
import json
from people.models import User
from people.roles import Role
from people.services.create_person import create_person
for one in json.loads({people!r}):
    boss = User.objects.filter(email=one.pop("manager")).first()
    email, name = one.pop("email"), one.pop("name")
    roles = [Role(code) for code in one.pop("roles")]
    create_person(email=email, name=name, actor=None, password={password!r}, roles=roles, profile=dict(one, manager=boss))
"""
FORGET = """
import json
from mentoring.models import MatchRequest, Mentorship
from mentoring.services.keep_status import keep_status
from people.models import User
from people.services.deactivate import deactivate
people = User.objects.filter(email__in=json.loads({emails!r}))
for rows in (MatchRequest, Mentorship):
    rows.objects.filter(mentee__in=people).delete()
    rows.objects.filter(mentor__in=people).delete()
for person in people:
    deactivate(person=person, actor=None)
keep_status()
"""


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody to be made: an address, a name, the address of a manager, roles, and what the profile says."""

    email: str
    name: str
    manager: str = ""
    roles: tuple[str, ...] = ("member",)
    profile: tuple[tuple[str, Any], ...] = (("languages", ("en",)), ("time_zone", "Europe/London"))

    def as_json(self) -> dict[str, Any]:
        """What the command is told."""
        told = {"email": self.email, "name": self.name, "manager": self.manager, "roles": self.roles}
        return told | dict(self.profile)


@contextmanager
def own_people(portal: Portal, people: Sequence[Own]) -> Iterator[None]:
    """They are there inside of this; managers stand before whom they manage. An address is used once a portal."""
    told = json.dumps([one.as_json() for one in people])
    run(portal, MAKE.format(people=told, password=DEMO_PASSWORD))
    try:
        yield
    finally:
        run(portal, FORGET.format(emails=json.dumps([one.email for one in people])))


def run(portal: Portal, code: str) -> str:
    """What a piece of Python printed in the portal's shell."""
    return portal.manage("shell", "-v0", "-c", code)


def answer_of(portal: Portal, expression: str) -> str:
    """What an expression about people is in the portal now, such as `User.objects.count()`."""
    return run(portal, f"from people.models import User; print('=', {expression})").rsplit("= ", 1)[1].strip()


def copy_of(portal: Portal, target: Path) -> Path:
    """A copy of a portal's database as it is now, for a journey that no other could bear."""
    source = Path(portal.environment["VAR_DIR"]) / DATABASE
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    return target


def number_of(portal: Portal, email: str) -> int:
    """The number of a person; those of all are asked for at once, since a command takes seconds."""
    known = _numbers.setdefault(portal.url, {})
    if email not in known:
        told = "__import__('json').dumps(dict(User.objects.values_list('email', 'pk')))"
        known.update(json.loads(answer_of(portal, told)))
    return known[email]


_numbers: dict[str, dict[str, int]] = {}


def tab_to(page: Page, target: Locator) -> None:
    """Goes on by the tabulator until this has the focus, as somebody without a mouse does."""
    for _stop in range(MOST_STOPS):
        if target.evaluate("(part) => part === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by {MOST_STOPS} stops of the tabulator.")


def press_on(page: Page, target: Locator, key: str = "Enter") -> None:
    """Goes there by keyboard and presses a key."""
    tab_to(page, target)
    page.keyboard.press(key)
