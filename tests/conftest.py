"""What every test stands on: the servers it names must be there, and nothing of another test is left.

A test marked `elasticsearch`, `postgresql` or `browser` is skipped with the name of the variable where the server is
missing, except in continuous integration, where a missing server is a failure and never a skip.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker

from core import audit_guard
from tests.browser.page_checks import chromium_path


def _missing(marker: str) -> str:
    """What a marked test would need and does not have; empty where it has it."""
    engine = settings.DATABASES["default"]["ENGINE"]
    absent = {
        "elasticsearch": not settings.ELASTICSEARCH_URL and "Elasticsearch: set ELASTICSEARCH_URL",
        "postgresql": "postgresql" not in engine and "PostgreSQL: set DATABASE_URL",
        "browser": not Path(chromium_path()).exists() and "Chromium: set CHROMIUM",
    }
    return absent[marker] or ""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips, or in continuous integration fails, what cannot be tested here."""
    for marker in ("elasticsearch", "postgresql", "browser"):
        reason = _missing(marker) if item.get_closest_marker(marker) else ""
        if reason and os.environ.get("CI"):
            pytest.fail(f"This test needs {reason}.", pytrace=False)
        if reason:
            pytest.skip(f"needs {reason}")


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
