"""What a page asks of the database does not depend on how many lessons there are: the same from 100 to 10 000.

Budgets are those of the performance targets: a play 20 queries, home 7 beyond session and user and one more for what waits
for a practitioner, any other page 15, and one more for the bell that stands on each.
Hits are re-checked with one query a kind, so searches are counted with one kind, and Everything with what it may be.
One world for all: it is measured with 100 lessons, grows, and is measured again. Search is that of the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from benchmarks.generate_lessons import store
from lessons.models import Citation, Lesson
from playbook.models import PlayPage
from search.models import IndexEntry
from tests.people.factories import UserFactory
from tests.planner import measure_tables

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.world("small"),
    pytest.mark.timeout(1200),
]
FEW, MANY = 100, 10_000
EVERYTHING = "everything"
CITED = 20
"""One lesson of so many is cited by the play."""
BELL = 1
HOME, PLAY, OTHER = 10 + BELL, 20 + BELL, 15 + BELL
ADDRESSES = {
    "home": ("/", HOME),
    "map": ("/playbook/", OTHER),
    "map by role area": ("/playbook/?view=role-areas", OTHER),
    "play": ("{play}", PLAY),
    "lesson list": ("/lessons/", OTHER),
    "lesson list, narrowed": ("/lessons/?phase=operate&outcome=negative", OTHER),
    "lesson": ("{lesson}", OTHER),
    "search": ("/search/?q=steering+committee&kind=lesson", OTHER),
    "search, narrowed": ("/search/?q=committee&kind=lesson&phase=operate&outcome=negative", OTHER),
    "search, page 2": ("/search/?q=committee&kind=lesson&page=2", OTHER),
    EVERYTHING: ("/search/?q=steering+committee", OTHER),
    "suggestions": ("/search/suggest/?q=commi", OTHER),
}


@dataclass(frozen=True)
class Measured:
    """Queries by name of the page, with few lessons and with many."""

    few: dict[str, int]
    many: dict[str, int]


@pytest.fixture(scope="module")
def measured(django_db_blocker: DjangoDbBlocker) -> Iterator[Measured]:
    """Grows the portal between two rounds, and leaves nothing of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        reader = Client()
        reader.force_login(UserFactory(is_practitioner=True))
        grow(FEW, seed=1)
        few = counts(reader)
        grow(MANY - FEW, seed=2)
        measure_tables()
        yield Measured(few, counts(reader))
        transaction.set_rollback(True)


def grow(number: int, *, seed: int) -> None:
    """Adds published lessons, indexed, some of them cited by the play."""
    store(number, seed=seed)
    play = PlayPage.objects.get(code="P07")
    newest = Lesson.objects.order_by("-pk").values_list("pk", flat=True)[:number:CITED]
    Citation.objects.bulk_create(Citation(lesson_id=pk, play=play) for pk in newest)


def counts(reader: Client) -> dict[str, int]:
    """What each page asks once caches are warm."""
    places = {
        "play": PlayPage.objects.get(code="P07").get_absolute_url(),
        "lesson": Lesson.objects.filter(code="").earliest("pk").get_absolute_url(),
    }
    return {name: queries(reader, address.format(**places)) for name, (address, _most) in ADDRESSES.items()}


def queries(reader: Client, address: str) -> int:
    """What one page asks the second time."""
    assert reader.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        reader.get(address)
    return len(captured)


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - {EVERYTHING}))
def test_a_page_asks_the_same_of_100_and_of_10_000_lessons(measured: Measured, name: str) -> None:
    assert measured.few[name] == measured.many[name]
    assert 0 < measured.many[name] <= ADDRESSES[name][1]


def test_everything_asks_no_more_of_more_lessons(measured: Measured) -> None:
    assert measured.many[EVERYTHING] <= measured.few[EVERYTHING] <= OTHER


@pytest.mark.usefixtures("measured")
def test_the_lessons_were_there_to_be_counted() -> None:
    reader = UserFactory(is_practitioner=True)
    assert Lesson.objects.visible_to(reader).published().count() >= MANY
    assert IndexEntry.objects.filter(kind="lesson").count() >= MANY
    assert Citation.objects.filter(play__code="P07").count() >= MANY // CITED
