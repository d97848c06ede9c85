"""What tests of the portal share: a process with a database of its own, and the small portal."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.databases import lend_file
from tests.portal.world import World, found_world


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process whose SQLite database is migrated and empty."""
    folder = tmp_path_factory.mktemp("process")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "ELASTICSEARCH_URL": "",
    }
    lend_file(folder / "portal.sqlite3")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    return environment


@pytest.fixture
def world(db: None) -> World:
    """The small portal, for tests marked `world("small")`."""
    return found_world()
