"""Between migrating and restarting the release before still writes: it names no column that it does not know."""

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

ROOMS = ("mentoring", "onboarding")


def added() -> list[migrations.AddField]:
    """The columns that came after the first migration of these rooms."""
    found = MigrationLoader(connection).disk_migrations
    later = [one for (room, _name), one in found.items() if room in ROOMS and not one.initial]
    return [one for each in later for one in each.operations if isinstance(one, migrations.AddField)]


@pytest.mark.django_db
def test_a_column_that_came_later_is_filled_by_the_database() -> None:
    columns = added()
    assert columns
    needed = [one for one in columns if not one.field.null]
    assert [f"{one.model_name}.{one.name}" for one in needed if not one.field.has_db_default()] == []
