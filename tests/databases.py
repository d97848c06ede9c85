"""Test databases that are made once and copied: migrating takes ten seconds of a processor, a copy milliseconds.

SQLite copies files into memory, PostgreSQL clones databases of the server. The name of each ends with a digest of all
it was made from, so that one changed byte makes it anew; older ones are deleted. One process makes, others wait.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from scripts.processes import ROOT, VAR_DIR

FOLDER = VAR_DIR / "test-databases"
PREFIX = "commons_tests_"
KEPT_SECONDS = 3600
"""Another run of a moment ago may still need a file that is out of date here."""
LOCKED_PACKAGES = ROOT / "requirements" / "development.txt"


def name_of(kind: str, sources: Iterable[Path], *words: str) -> str:
    """The name of a database of a kind that is made from these files, and from what the words tell of the rest."""
    found = hashlib.sha256("\0".join(words).encode())
    for path in sorted([*sources, LOCKED_PACKAGES]):
        found.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return f"{PREFIX}{kind}_{found.hexdigest()[:16]}"


@cache
def tables() -> str:
    """The name of the database with all tables and no content."""
    return name_of("tables", [*ROOT.glob("*/migrations/*.py"), ROOT / "core" / "audit_guard.py"])


class Store(Protocol):
    """What a kind of server does with databases by name. `home` is the one that pytest made."""

    def has(self, name: str) -> bool:
        """Whether it was made."""

    def keep(self, name: str) -> None:
        """Keeps the connected database under this name, and deletes old ones of its kind."""

    def begin_with(self, name: str) -> None:
        """Lets Django fill its new test database with a copy."""

    def enter(self, name: str) -> None:
        """Connects to this process's copy, made where there is none yet."""

    def leave(self) -> None:
        """Connects to home."""

    def drop(self, name: str) -> None:
        """Deletes this process's copy."""


class SqliteStore:
    """Files, copied into databases in memory, each of which lives as long as its connection."""

    def __init__(self) -> None:
        self.home = str(connection.settings_dict["NAME"])
        self.open: dict[str, Any] = {}

    def has(self, name: str) -> bool:
        """A file."""
        return _file(name).exists()

    def keep(self, name: str) -> None:
        """Writes a file, which gets its name when it is whole."""
        partial = FOLDER / f"{name}.{os.getpid()}"
        with closing(sqlite3.connect(partial)) as target:
            connection.connection.backup(target)
        partial.replace(_file(name))
        for older in FOLDER.glob(f"{_kind(name)}_*.sqlite3"):
            if older.stat().st_mtime < time.time() - KEPT_SECONDS:
                older.unlink(missing_ok=True)

    def begin_with(self, name: str) -> None:
        """Fills the memory where Django will look."""
        memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
        self.open[name] = memory  # else it would be gone before Django connects
        pour(name, memory)

    def enter(self, name: str) -> None:
        """A database in memory for each name."""
        self._connect(f"file:{name}?mode=memory&cache=shared")
        if connection.connection is None:
            connection.connect()
            pour(name, connection.connection)

    def leave(self) -> None:
        """The one in memory that pytest made."""
        self._connect(self.home)

    def drop(self, name: str) -> None:
        """Closing its connection is enough."""
        self.open.pop(f"file:{name}?mode=memory&cache=shared").close()

    def _connect(self, name: str) -> None:
        self.open[str(connection.settings_dict["NAME"])] = connection.connection
        connection.settings_dict["NAME"] = name
        connection.connection = self.open.get(name)


class PostgresqlStore:
    """Databases of the server, cloned as templates."""

    def __init__(self) -> None:
        self.home = str(connection.settings_dict["NAME"])
        self.copies: dict[str, str] = {}

    def has(self, name: str) -> bool:
        """A database."""
        return name in self._kept(name)

    def keep(self, name: str) -> None:
        """A clone; nobody may be connected to what is cloned."""
        for older in self._kept(_kind(name)):
            self._do(f'DROP DATABASE "{older}" WITH (FORCE)')
        connection.close()
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')

    def begin_with(self, name: str) -> None:
        """Names the template to Django."""
        connection.settings_dict["TEST"]["TEMPLATE"] = name

    def enter(self, name: str) -> None:
        """A clone for each process and name."""
        if name not in self.copies:
            copy = f"{self.home}_{_kind(name).removeprefix(PREFIX)}"
            self._do(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            self._do(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
            self.copies[name] = copy
        self._connect(self.copies[name])

    def leave(self) -> None:
        """The one that pytest made."""
        self._connect(self.home)

    def drop(self, name: str) -> None:
        """Deletes the clone."""
        self._do(f'DROP DATABASE "{self.copies.pop(name)}" WITH (FORCE)')

    def _connect(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name

    def _kept(self, beginning: str) -> list[str]:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
            return [row[0] for row in cursor.fetchall()]

    def _do(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def store() -> Store:
    """The store of the server in use."""
    return PostgresqlStore() if connection.vendor == "postgresql" else SqliteStore()


@contextmanager
def alone() -> Iterator[None]:
    """No other process of this checkout is in here."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Tables:
    """Lets pytest's new test database begin with the tables of an earlier run, where the migrations are the same.

    It is migrated nonetheless, which finds nothing to do, and adds the permissions that the code has now.
    """

    def __init__(self) -> None:
        self.store = store()
        self.waiting = ExitStack()
        self.waiting.enter_context(alone())
        self.are_kept = self.store.has(tables())

    def lend(self) -> None:
        """Before pytest makes its database; where there is nothing to lend, others wait for what is made now."""
        if self.are_kept:
            self.store.begin_with(tables())
            self.waiting.close()

    def keep(self) -> None:
        """After it is made."""
        with self.waiting:
            if not self.are_kept:
                self.store.keep(tables())


def lend_file(path: Path) -> None:
    """Puts the tables of an earlier run at a path, if they are kept as a file; `migrate` is left to do the rest."""
    if _file(tables()).exists():
        shutil.copy(_file(tables()), path)


def pour(name: str, target: sqlite3.Connection) -> None:
    """Fills an SQLite database with a kept one."""
    with closing(sqlite3.connect(f"{_file(name).as_uri()}?mode=ro", uri=True)) as source:
        source.backup(target)


def _file(name: str) -> Path:
    return FOLDER / f"{name}.sqlite3"


def _kind(name: str) -> str:
    return name.rpartition("_")[0]
