"""Worlds: databases full of content that many tests read. `pytest.mark.world("starter")` puts a test into one.

A world is loaded once, kept, and copied into each process (tests/databases.py); the test that names it finds its
content there and rolls back its own changes, as any test does. Tests that name no world find an empty portal, whatever
ran before them. A new world is a function in `BUILDERS`: it loads with the services of the rooms and names all it
makes (an address from a counter of a factory would come twice, since the next process counts anew).
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from scripts.processes import ROOT
from search.services.index import outbox_is_used
from tests.databases import alone, name_of, store, tables

MADE_FROM = (
    "content/**/*",
    "templates/**/*",
    "tests/worlds.py",
    "tests/portal/world.py",
    "tests/*/factories.py",
)


def starter() -> None:
    """All of the starter content with its invented people, as `make run` loads it."""
    from portal.starter import load

    load(demo=True, tell=lambda name, outcome: None)


def small() -> None:
    """One of everything and one person a role: see tests/portal/world.py."""
    from tests.portal.world import make_world

    with tempfile.TemporaryDirectory() as folder:
        make_world(Path(folder) / "content")


BUILDERS: Mapping[str, Callable[[], None]] = {"starter": starter, "small": small}

JOBS_AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


class Worlds:
    """Which world the connection shows; the empty name is pytest's own database, without content."""

    def __init__(self) -> None:
        self.store = store()
        self.shown = ""
        self.made: dict[str, str] = {}

    def show(self, world: str) -> None:
        """Connects to a world, which is made where it was not yet."""
        if world == self.shown:
            return
        if connection.in_atomic_block:
            raise RuntimeError("A fixture of a wider scope holds the database: give all its tests one world.")
        if world:
            self.store.enter(self.made.get(world) or self._make(world))
        else:
            self.store.leave()
        self.shown = world
        ContentType.objects.clear_cache()
        cache.clear()

    def close(self) -> None:
        """Leaves pytest its own database, to delete it."""
        self.show("")
        for name in self.made.values():
            self.store.drop(name)

    def _make(self, world: str) -> str:
        name = name_of(world, _sources(), tables(), str(timezone.localdate()), str(outbox_is_used()))
        with alone():
            if not self.store.has(name):
                self._fill(world, name)
        self.made[world] = name
        return name

    def _fill(self, world: str, name: str) -> None:
        """In a copy of the empty tables, which is of no use after that."""
        self.store.enter(tables())
        try:
            with override_settings(TASKS=JOBS_AT_ONCE), transaction.atomic():
                BUILDERS[world]()
            self.store.keep(name)
        finally:
            self.store.leave()
            self.store.drop(tables())


def _sources() -> list[Path]:
    """Everything that content could come from: the rooms, what they load and what fills the worlds."""
    rooms = {name.partition(".")[0] for name in settings.INSTALLED_APPS}
    code = (path for room in rooms for path in (ROOT / room).glob("**/*.py"))
    return [*code, *(path for pattern in MADE_FROM for path in ROOT.glob(pattern) if path.is_file())]
