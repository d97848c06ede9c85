"""The directory: words, facets and pages; nobody who has left; queries that do not grow."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Term, Vocabulary
from people.models import User
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> User:
    person: User = UserFactory(name="Reader")
    client.force_login(person)
    return person


def names(client: Client, query: str = "") -> list[str]:
    return [card.person.name for card in client.get(f"/people/{query}").context["cards"]]


def test_a_stranger_sees_nobody(client: Client) -> None:
    assert client.get("/people/").status_code == 302


def test_words_find_people_by_work_and_by_what_they_handled(client: Client, reader: User) -> None:
    term = Term.objects.create(vocabulary=Vocabulary.ALLIANCE_TYPE, code="codev", label="Co-development")
    handled = UserFactory(name="Handled", profile={"city": "Basel"})
    handled.profile.alliance_types.add(term)
    UserFactory(name="Other", profile={"city": "Basel"})
    assert names(client, "?q=co-development,+basel") == ["Handled"]
    assert names(client, "?type=codev") == ["Handled"]


@pytest.mark.parametrize(
    ("query", "profile"),
    [
        ("language=pt", {"languages": ["pt", "en"]}),
        ("therapeutic_area=Système", {"therapeutic_areas": ["Système"]}),
        ("division=Vaccines", {"division": "Vaccines"}),
        ("country=Brazil", {"country": "Brazil"}),
        ("mentor=open", {"mentor_status": "open"}),
    ],
)
def test_each_facet_narrows(client: Client, reader: User, query: str, profile: dict[str, object]) -> None:
    UserFactory(name="Found", profile=profile)
    assert names(client, f"?{query}") == ["Found"]
    page = client.get(f"/people/?{query}")
    box = next(box for box in page.context["boxes"] if box.name == query.split("=")[0])
    assert [(value.count, value.chosen) for value in box.values if value.chosen] == [(1, True)]


def test_who_left_is_in_no_list_and_no_count(client: Client, reader: User) -> None:
    UserFactory(is_active=False, profile={"division": "Gone"})
    page = client.get("/people/")
    assert page.context["total"] == 1
    assert "Gone" not in page.content.decode()


def test_pages_follow_by_name_and_an_empty_list_offers_everybody(client: Client, reader: User) -> None:
    for number in range(30):
        UserFactory(name=f"Colleague {number:02}")
    first = client.get("/people/")
    cursor = first.context["page"].next_cursor
    assert names(client, f"?after={cursor}")[0] == "Colleague 24"
    assert "Show everybody" in client.get("/people/?q=zzzz").content.decode()


def test_queries_do_not_grow(client: Client, reader: User) -> None:
    UserFactory(profile={"languages": ["en"], "division": "One"})
    client.get("/people/")
    with CaptureQueriesContext(connection) as few:
        client.get("/people/")
    for number in range(20):
        UserFactory(profile={"languages": ["en", "de"], "division": f"D{number}"})
    with CaptureQueriesContext(connection) as many:
        client.get("/people/")
    assert len(many) == len(few)
