"""What every test stands on: the servers it names must be there, and nothing of another test is left.

A test marked `elasticsearch`, `postgresql` or `browser` is skipped with the name of the variable where the server is
missing, except in continuous integration, where a missing server is a failure and never a skip.
"""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from pytest_django.plugin import blocking_manager_key

from core import audit_guard
from scripts.needs import chromium_path
from tests.databases import Tables
from tests.worlds import JOBS_AT_ONCE, Worlds

properties.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("unhurried")  # how long an example takes says how busy the machine is, nothing else
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
rows_of_migrations = pytest.StashKey[str]()
all_worlds = pytest.StashKey[Worlds]()


def _missing(marker: str) -> str:
    """What a marked test would need and does not have; empty where it has it."""
    engine = settings.DATABASES["default"]["ENGINE"]
    absent = {
        "elasticsearch": not settings.ELASTICSEARCH_URL and "Elasticsearch: set ELASTICSEARCH_URL",
        "postgresql": "postgresql" not in engine and "PostgreSQL: set DATABASE_URL",
        "browser": not Path(chromium_path()).exists() and "Chromium: set CHROMIUM",
    }
    return absent[marker] or ""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what uses the database, so that what does not is not run on a second one; begins with the longest files."""
    long = {item.path for item in items if item.get_closest_marker("thorough")}
    items.sort(key=lambda item: item.path not in long)
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """Takes what stays to the end (code, tests) out of every search for garbage, which took a tenth of the time."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips, or in continuous integration fails, what cannot be tested here."""
    for marker in ("elasticsearch", "postgresql", "browser"):
        reason = _missing(marker) if item.get_closest_marker(marker) else ""
        if reason and os.environ.get("CI"):
            pytest.fail(f"This test needs {reason}.", pytrace=False)
        if reason:
            pytest.skip(f"needs {reason}")


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Names a failure when it happens: a run that is ended before its summary still says what failed."""
    if report.failed and not os.environ.get("PYTEST_XDIST_WORKER"):
        sys.stdout.write(f"\nFAILED {report.nodeid} ({report.when})\n{report.longreprtext[-2000:]}\n")
        sys.stdout.flush()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Gives back what migrations wrote (root page, site, permissions): a transactional test ends by emptying all."""
    yield
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    empties = "transactional_db" in fixtures or (marker and marker.kwargs.get("transaction"))
    if empties and nextitem is not None:  # after the last test the database itself is gone
        with item.config.stash[blocking_manager_key].unblock():
            _restore(item.config.stash[rows_of_migrations])


def _restore(rows: str) -> None:
    """Replaces everything in the database by these rows; new ones get numbers after theirs."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
    ContentType.objects.clear_cache()
    connection.close()


@pytest.fixture(scope="session")
def kept_tables(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> Tables:
    """The tables of an earlier run, for pytest-django to begin with."""
    with django_db_blocker.unblock():
        kept = Tables()
        kept.lend()
    return kept


@pytest.fixture(scope="session")
def django_db_setup(
    kept_tables: Tables,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
) -> None:
    """The test database without the guard of the audit trail: tests with transactions empty all tables.

    tests/core/test_audit.py puts the guard up again and tries it.
    """
    with django_db_blocker.unblock():
        kept_tables.keep()
        audit_guard.remove(connection)
        pytestconfig.stash[rows_of_migrations] = connection.creation.serialize_db_to_string()


@pytest.fixture(scope="session")
def worlds(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config
) -> Iterator[Worlds]:
    """The databases with content."""
    with django_db_blocker.unblock():
        shown = pytestconfig.stash[all_worlds] = Worlds()
        yield shown
        shown.close()


@pytest.fixture(scope="module", autouse=True)
def world_of_module(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Shows the fixtures of a module the world of its `pytestmark`, else an empty portal."""
    shown = request.config.stash.get(all_worlds, None)
    if shown or request.node.get_closest_marker("world"):
        _show(request, shown or request.getfixturevalue("worlds"), django_db_blocker)


@pytest.fixture
def shown_world(request: pytest.FixtureRequest, worlds: Worlds, django_db_blocker: DjangoDbBlocker) -> None:
    """Shows a test the world it is marked with, else an empty portal."""
    _show(request, worlds, django_db_blocker)


def _show(request: pytest.FixtureRequest, worlds: Worlds, blocker: DjangoDbBlocker) -> None:
    marker = request.node.get_closest_marker("world")
    with blocker.unblock():
        worlds.show(marker.args[0] if marker else "")


@pytest.fixture
def _django_db_helper(shown_world: None, _django_db_helper: None) -> None:
    """pytest-django's transaction around a test begins in the test's world."""


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No test inherits another's rate limits, cached fragments or waiting jobs."""
    cache.clear()
    yield
    cache.clear()
    if isinstance(waiting := task_backends["default"], DummyBackend):
        waiting.clear()


@pytest.fixture
def jobs_at_once(settings: Settings) -> None:
    """Runs queued jobs as soon as they are queued: Wagtail's own search and its index of references."""
    settings.TASKS = JOBS_AT_ONCE
