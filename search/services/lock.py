"""One rebuild or reconcile of a thing at a time: an advisory lock of PostgreSQL, or of a file beside SQLite."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_held: set[str] = set()


class BusyError(Exception):
    """Somebody else is doing the same now."""


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Raises `BusyError` where another process holds the lock. Ends with the process, whatever happens to it."""
    lock = _lock_in_postgresql if connection.vendor == "postgresql" else _lock_on_file
    full_name = f"{settings.SEARCH_INDEX_PREFIX}-{name}"
    if full_name in _held:  # PostgreSQL would give a session its own lock again
        raise BusyError(f"{full_name} is running already.")
    with lock(full_name):
        _held.add(full_name)
        try:
            yield
        finally:
            _held.discard(full_name)


@contextmanager
def _lock_in_postgresql(name: str) -> Iterator[None]:
    number = zlib.crc32(name.encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise BusyError(f"{name} is running already.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _lock_on_file(name: str) -> Iterator[None]:
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"{name} is running already.") from None
        yield
