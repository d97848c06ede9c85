"""Shared fixtures."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker

from core import audit_guard


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database without the guard of the audit trail: tests with transactions empty all tables.

    tests/core/test_audit.py puts the guard up again and tries it.
    """
    with django_db_blocker.unblock():
        audit_guard.remove(connection)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test inherits another's rate limits or cached fragments."""
    cache.clear()
    yield
    cache.clear()
