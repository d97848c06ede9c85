"""The directory: words, facets and pages; nobody who has left; queries that do not grow."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Term, Vocabulary
from people.directory import facet_boxes, matching
from people.facets import FACETS
from people.models import Profile, User
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
ALL_CODES = {
    "type": [f"alliance_types{turn}" for turn in range(3)],
    "phase": [f"phases{turn}" for turn in range(3)],
    "role_area": [f"role_areas{turn}" for turn in range(3)],
    "mentor": ["open", "full"],
    "language": ["en", "de", "pt"],
    "therapeutic_area": ['Système "1"', "Oncology"],
    "division": [f"D{turn}" for turn in range(4)],
    "function": ["f0", "f1"],
    "country": ["Brésil", "Japan"],
}


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


def crowd(number: int) -> None:
    """So many people who speak, handled and live all sorts of things; terms of each vocabulary by turns."""
    kinds = {"alliance_types": "alliance_type", "phases": "lifecycle_phase", "role_areas": "role_area"}
    terms = {
        name: [
            Term.objects.get_or_create(
                vocabulary=kind, code=f"{name}{turn}", defaults={"label": f"{name} {turn}"}
            )[0]
            for turn in range(3)
        ]
        for name, kind in kinds.items()
    }
    first = User.objects.count()
    people = User.objects.bulk_create(
        User(
            email=f"crowd-{first + turn}@example.com",
            name=f"Crowd {first + turn:04}",
            password="!",
            business_function=f"f{turn % 2}",
        )
        for turn in range(number)
    )
    profiles = Profile.objects.bulk_create(
        Profile(
            user=person,
            division=f"D{turn % 4}",
            country=("Brésil", "Japan")[turn % 2],
            languages=["en", "de", "pt"][: 1 + turn % 3],
            therapeutic_areas=['Système "1"', "Oncology"][: turn % 3],
            mentor_status=("open", "", "full")[turn % 3],
        )
        for turn, person in enumerate(people)
    )
    for name, choices in terms.items():
        relation = getattr(Profile, name).through
        relation.objects.bulk_create(
            relation(profile_id=profile.pk, term_id=choices[(turn + step) % 3].pk)
            for turn, profile in enumerate(profiles)
            for step in range(turn % 3)
        )


def test_queries_do_not_grow_from_thirty_people_to_a_thousand(client: Client, reader: User) -> None:
    address = "/people/?q=crowd&language=en&type=alliance_types1&division=D1"
    crowd(29)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    crowd(970)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert page.context["total"] > 50
    assert len(many) == len(few) <= 15


def grouped(ticks: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Ticks by facet."""
    found: dict[str, list[str]] = {}
    for name, code in ticks:
        found.setdefault(name, []).append(code)
    return found


ODD = ["nothing", "%", "'", "1"]
TICKS = st.lists(
    st.sampled_from([(name, code) for name, codes in ALL_CODES.items() for code in [*codes, *ODD]]),
    unique=True,
    max_size=4,
).map(grouped)


class TestCounts:
    @pytest.fixture(autouse=True)
    def forty(self) -> None:
        crowd(40)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(ticked=TICKS, words=st.sampled_from(["", "crowd", "crowd d1", "alliance_types 2", "zzz"]))
    def test_each_number_is_what_its_tick_would_find(self, ticked: dict[str, list[str]], words: str) -> None:
        people = User.objects.present()
        total, boxes = facet_boxes(people, words, ticked)
        assert total == matching(people, words, ticked).count()
        shown = {box.name: {value.code: value.count for value in (*box.values, *box.more)} for box in boxes}
        for spec in FACETS:
            others = {name: values for name, values in ticked.items() if name != spec.name}
            for code in {*shown.get(spec.name, {}), *ALL_CODES[spec.name]}:
                found = matching(people, words, {**others, spec.name: [code]}).count()
                assert shown.get(spec.name, {}).get(code, 0) == found, (spec.name, code)

    def test_what_is_ticked_stays_to_be_taken_off_where_nobody_is_left(
        self, client: Client, reader: User
    ) -> None:
        page = client.get("/people/?language=ja&division=D1")
        (ticked,) = [
            value
            for box in page.context["boxes"]
            if box.name == "language"
            for value in box.values
            if value.chosen
        ]
        assert (ticked.label, ticked.count) == ("Japanese", 0)

    def test_a_stranger_counts_nobody(self) -> None:
        assert facet_boxes(User.objects.visible_to(AnonymousUser()), "", {}) == (0, [])
