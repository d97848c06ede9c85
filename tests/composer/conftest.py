"""What tests of the composer share: people, and threads that work on one database as processes do."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import pytest
from django.db import connection, connections
from django.test import Client

from people.models import User
from tests.people.factories import UserFactory

Made = TypeVar("Made")


@pytest.fixture
def writer(db: None) -> User:
    """Who writes."""
    return UserFactory(name="Mei Tanaka")


@pytest.fixture
def colleague(db: None) -> User:
    """Who must never read what the writer has not posted."""
    return UserFactory(name="Ilse Koster")


@pytest.fixture
def writing(writer: User) -> Client:
    """The writer's browser."""
    client = Client()
    client.force_login(writer)
    return client


@pytest.fixture
def reading(colleague: User) -> Client:
    """The colleague's browser."""
    client = Client()
    client.force_login(colleague)
    return client


@contextmanager
def _one_database(folder: Path) -> Iterator[None]:
    """Lets new threads connect to what the test sees. SQLite in memory has no waiting for locks, so it becomes a file."""
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "threads.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)
    settings = connections.settings["default"]
    before, settings["NAME"] = settings["NAME"], str(file)
    try:
        yield
    finally:
        settings["NAME"] = before


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path) -> Callable[..., list[Any]]:
    """Runs a function in many threads that begin together; gives what each returned."""

    def run(times: int, act: Callable[[int], Made]) -> list[Made]:
        barrier = Barrier(times)

        def one(number: int) -> Made:
            try:
                barrier.wait(timeout=30)
                return act(number)
            finally:
                connections.close_all()

        with _one_database(tmp_path), ThreadPoolExecutor(times) as threads:
            return list(threads.map(one, range(times)))

    return run
