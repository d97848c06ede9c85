"""The imported forum at a hundred times its size: pages ask the database the same, and stay small and quick.

The dump is imported once; its rows are then copied by the database itself with shifted keys. Copies carry no texts, which
no list reads, so that the test fits into memory; the topics that are opened are those of the import.
"""

import tracemalloc
from collections.abc import Iterator

import pytest
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from forums.importing.stack_exchange import read_dump
from forums.models import Board, Post, Topic
from forums.services.import_forum import import_forum
from tests.people.factories import UserFactory
from tests.planner import measure_tables
from tests.shared_data import shared

pytestmark = pytest.mark.thorough
TIMES = 100
SHIFT = 100_000
MOST_QUERIES = 20
UNTIL_READ = 5
"""After so many openings the longest topic of the dump is read to its end, and its mark stands."""
MOST_MEGABYTES = 40
LISTS = (
    "/forums/",
    "/forums/bicycles/",
    "/forums/bicycles/?tab=unanswered",
    "/forums/bicycles/?tab=unsolved",
)
Counts = dict[str, int]


@pytest.fixture(scope="module")
def grown(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Client, list[str], Counts]]:
    """A reader of the grown forum, the addresses, and what they asked before it grew."""
    folder = shared("forum-bicycles-meta")
    with django_db_blocker.unblock(), transaction.atomic():
        client, board = Client(), Board.objects.create(slug="bicycles", title="Bicycles")
        client.force_login(UserFactory())
        import_forum(read_dump(folder), board=board, source="bikes")
        addresses = [*LISTS, *(topic.get_absolute_url() for topic in opened())]
        before = {address: asked(client, address) for address in addresses}
        for time_over in range(1, TIMES):
            copy_all(time_over)
        measure_tables()
        yield client, addresses, before
        transaction.set_rollback(True)


def opened() -> list[Topic]:
    """The shortest and the longest topic of the import, and one with an accepted answer."""
    rows = Topic.objects.filter(external_source="bikes").select_related("board").order_by("reply_count", "pk")
    return [rows.first(), rows.last(), rows.exclude(accepted=None).last()]


def copy_all(time_over: int) -> None:
    """One more forum: topics, posts and tags with their keys moved on."""
    shift = SHIFT * time_over
    moved = {"id", "topic_id", "post_id", "parent_id", "accepted_id"}
    for model, first in ((Topic, "external_source = 'bikes'"), (Post, f"topic_id < {SHIFT}")):
        copy_rows(model, f"id < {SHIFT} AND {first}", shift, moved)
    copy_rows(Topic.tags.through, f"topic_id < {SHIFT}", shift, moved)


def copy_rows(model: type[models.Model], where: str, shift: int, moved: set[str]) -> None:
    """Copies rows by one statement."""
    empty = {"body": "''", "rendered": "'{}'"} if model is Post else {}
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = [
        empty.get(name)
        or (
            f"{name} + {shift}"
            if name in moved
            else f"{name} || '-{shift}'"
            if name == "external_key"
            else name
        )
        for name in columns
    ]
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {', '.join(values)} FROM {table} WHERE {where}"
        )


def asked(client: Client, address: str) -> int:
    """How many queries a page takes once everything on it was read."""
    for _time in range(UNTIL_READ):
        assert client.get(address, follow=True).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        client.get(address, follow=True)
    return len(captured)


Grown = tuple[Client, list[str], Counts]


@pytest.mark.django_db
def test_the_forum_is_a_hundred_times_as_large(grown: Grown) -> None:
    assert Topic.objects.filter(external_source="bikes").count() == TIMES * 453
    assert Post.objects.filter(topic__external_source="bikes").count() > 100_000


@pytest.mark.django_db
def test_lists_and_topics_ask_the_same_as_before(grown: Grown) -> None:
    client, addresses, before = grown
    assert {address: asked(client, address) for address in addresses} == before
    assert max(before.values()) <= MOST_QUERIES


@pytest.mark.django_db
def test_pages_stay_small(grown: Grown) -> None:
    client, addresses, _before = grown
    for address in addresses:
        tracemalloc.start()
        client.get(address, follow=True)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < MOST_MEGABYTES * 1_000_000, address
