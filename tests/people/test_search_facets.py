"""People in the site's search: narrowed by division, function, country, role area and whether they mentor."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import Term
from people.models import MentorStatus, User
from people.search_documents import to_document
from people.services.create_person import create_person
from people.services.deactivate import deactivate
from people.services.set_mentor_status import set_mentor_status
from people.services.update_profile import update_profile
from search.forms import read_query
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
FIELDS = {"division": "Research & Early Development", "country": "Côte d'Ivoire", "job_title": "Counsel"}
EXPECTED = {
    "role_area": "contract",
    "mentor": "open",
    "division": "Research & Early Development",
    "function": "legal_contracts",
    "country": "Côte d'Ivoire",
}


@pytest.fixture
def person(client: Client, terms: dict[str, Term]) -> User:
    """A lawyer who mentors, and somebody else."""
    found, _new = create_person(
        email="lena@example.com",
        name="Lena Vogt",
        actor=None,
        business_function="legal_contracts",
        profile=FIELDS,
    )
    update_profile(person=found, values={"role_areas": [terms["contract"]]}, actor=None)
    set_mentor_status(person_id=found.pk, status=MentorStatus.OPEN)
    create_person(email="other@example.com", name="Lena Other", actor=None, profile={"country": "Japan"})
    client.force_login(UserFactory(name="Reader"))
    return found


def names(client: Client, **parameters: str) -> list[str]:
    page = client.get("/search/", {"q": "lena", "kind": "person", **parameters})
    return [row.hit.object.name for row in page.context["page"].rows]


def test_a_document_says_what_a_colleague_narrows_by(person: User) -> None:
    assert to_document(User.objects.with_profile().get(pk=person.pk)).facets == {
        name: (code,) for name, code in EXPECTED.items()
    }
    assert to_document(UserFactory()).facets == {"role_area": ()}


@pytest.mark.parametrize(("name", "code"), EXPECTED.items())
def test_each_facet_narrows(client: Client, person: User, name: str, code: str) -> None:
    assert names(client, **{name: code}) == ["Lena Vogt"]


def test_groups_stand_in_words_and_what_is_chosen_can_be_taken_away(client: Client, person: User) -> None:
    page = client.get(
        "/search/", {"q": "lena", "kind": "person", "country": "Côte d'Ivoire", "mentor": "open"}
    )
    groups = {
        group.name: [(value.label, value.count) for value in group.values]
        for group in page.context["page"].facets
    }
    assert groups["mentor"] == [("Has a free place", 1)]
    assert groups["function"] == [("Legal contracts", 1)]
    assert groups["country"] == [("Côte d'Ivoire", 1)]
    assert [chip.label for chip in page.context["page"].chips] == ["Has a free place", "Côte d'Ivoire"]
    assert "Country" in page.content.decode()


def test_what_is_ticked_decides_nothing_of_its_own_facet(client: Client, person: User) -> None:
    page = client.get("/search/", {"q": "lena", "kind": "person", "country": "Côte d'Ivoire"})
    (countries,) = [group for group in page.context["page"].facets if group.name == "country"]
    assert {value.code: value.count for value in countries.values} == {"Côte d'Ivoire": 1, "Japan": 1}


def test_addresses_are_read_with_suspicion(person: User) -> None:
    asked = QueryDict("division=Nowhere&country=Japan&country=%27&mentor=&mentor=sometimes&function=research")
    assert read_query(asked).facets == {"country": ("Japan",), "function": ("research",)}


def test_a_status_that_changes_changes_what_is_found(client: Client, person: User) -> None:
    set_mentor_status(person_id=person.pk, status=MentorStatus.FULL)
    assert names(client, mentor="open") == []
    assert names(client, mentor="full") == ["Lena Vogt"]


def test_who_left_is_counted_in_no_facet_and_names_no_country(client: Client, person: User) -> None:
    deactivate(person=person, actor=None)
    page = client.get("/search/", {"q": "lena", "kind": "person"}).content.decode()
    assert "Ivoire" not in page
    assert read_query(QueryDict("country=C%C3%B4te+d%27Ivoire")).facets == {}


def test_words_that_are_codes_cost_no_query(client: Client, person: User) -> None:
    client.get("/search/", {"q": "lena", "kind": "person"})
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"q": "lena", "kind": "person"})
    facets = [
        query["sql"] for query in queries if "outbox" not in query["sql"]
    ]  # which the other engine asks
    assert not [sql for sql in facets if "DISTINCT" in sql]
    assert len(queries) <= 15
