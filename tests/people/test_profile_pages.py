"""One's own profile and the page of a colleague."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from core.models import AuditEntry, Term
from people.languages import LANGUAGES, language_code, language_names
from people.models import Profile, User
from people.services.deactivate import deactivate
from people.services.update_profile import update_profile
from people.views.profile import working_week
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
ME = "/people/me/"


@pytest.fixture
def me(client: Client) -> User:
    """A signed-in member."""
    user = UserFactory(name="Ilse Koster", profile={"city": "Leiden", "languages": ["nl", "en"]})
    client.force_login(user)
    return user


def filled(**changes: object) -> dict[str, object]:
    """A complete form."""
    return {
        "job_title": "Start-up lead",
        "division": "Immunology",
        "city": "Leiden",
        "country": "Netherlands",
        "time_zone": "Europe/Amsterdam",
        "working_days": ["1", "2", "4"],
        "working_from": "09:00",
        "working_until": "17:00",
        "languages": "Dutch, English",
        "therapeutic_areas": "Immunology,  Oncology , Immunology",
        "has_alliance_duties": "on",
        "share_of_time": "40",
        "bio": "Twelve years in Quality.",
        **changes,
    }


class TestMyProfile:
    def test_shows_what_is_known_in_words(self, client: Client, me: User) -> None:
        page = client.get(ME).content.decode()
        assert 'value="Dutch, English"' in page
        assert 'value="Leiden"' in page

    def test_saves(self, client: Client, me: User, terms: dict[str, Term]) -> None:
        data = filled(role_areas=[terms["contract"].pk], habits=[terms["H1"].pk])
        response = client.post(ME, data, follow=True)
        assert response.redirect_chain == [(ME, 302)]
        assert b"Your profile is saved" in response.content
        profile = Profile.objects.get(user=me)
        assert (profile.country, profile.time_zone, profile.working_days) == (
            "Netherlands",
            "Europe/Amsterdam",
            "124",
        )
        assert profile.languages == ["nl", "en"]
        assert profile.therapeutic_areas == ["Immunology", "Oncology"]
        assert (profile.has_alliance_duties, profile.share_of_time) == (True, 40)
        assert list(profile.role_areas.all()) == [terms["contract"]]

    def test_saving_again_says_so_and_leaves_no_row(self, client: Client, me: User) -> None:
        client.post(ME, filled())
        response = client.post(ME, filled(), follow=True)
        assert b"Nothing had changed" in response.content
        assert AuditEntry.objects.filter(action="update_profile").count() == 1

    def test_no_duties_no_share(self, client: Client, me: User) -> None:
        data = filled(share_of_time="40")
        del data["has_alliance_duties"]
        client.post(ME, data)
        assert Profile.objects.get(user=me).share_of_time is None

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"languages": "Dutch, Klingon"}, "We do not know the language “Klingon”"),
            ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
            ({"share_of_time": ""}, "Say how much of your time"),
            ({"share_of_time": "140"}, "less than or equal to 100"),
            ({"share_of_time": "0"}, "greater than or equal to 1"),
            ({"working_days": []}, "This field is required"),
            ({"working_days": ["9"]}, "Select a valid choice"),
            ({"role_areas": ["99999"]}, "Select a valid choice"),
            ({"bio": "x" * 1001}, "at most 1000 characters"),
            ({"therapeutic_areas": ",".join(map(str, range(13)))}, "Name 12 at most"),
            ({"therapeutic_areas": "x" * 61}, "is longer than 60 characters"),
            ({"city": "Lei\x00den"}, "Null characters are not allowed"),
        ],
    )
    def test_each_mistake_is_named_at_its_field(
        self, client: Client, me: User, terms: dict[str, Term], changes: dict[str, object], message: str
    ) -> None:
        response = client.post(ME, filled(**changes))
        page = response.content.decode()
        assert response.status_code == 422
        assert page.count(message) == 2, "once in the summary, once at the field"
        assert f'href="#id_{next(iter(changes))}"' in page
        assert 'aria-invalid="true"' in page
        assert Profile.objects.get(user=me).job_title == ""

    @pytest.mark.parametrize(
        "field", ["business_function", "is_practitioner", "is_superuser", "name", "email"]
    )
    def test_nobody_widens_their_own_rights(self, client: Client, me: User, field: str) -> None:
        before = User.objects.values().get(pk=me.pk)
        client.post(ME, filled(**{field: "research"}))
        after = User.objects.values().get(pk=me.pk)
        assert {name for name in before if before[name] != after[name]} <= {"search_version"}

    def test_a_term_of_another_vocabulary_is_refused(
        self, client: Client, me: User, terms: dict[str, Term]
    ) -> None:
        assert client.post(ME, filled(role_areas=[terms["H1"].pk])).status_code == 422

    def test_what_people_write_is_shown_as_text(self, client: Client, me: User) -> None:
        client.post(ME, filled(bio="<img src=x onerror=alert(1)>", city="<b>Leiden"))
        page = client.get(f"/people/{me.pk}/").content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
        assert "&lt;b&gt;Leiden" in page

    def test_an_account_without_profile_can_make_one(self, client: Client) -> None:
        root = User.objects.create_superuser("root@example.com", None, name="Root")
        client.force_login(root)
        assert client.get(ME).status_code == 200
        client.post(ME, filled())
        assert Profile.objects.get(user=root).city == "Leiden"


class TestPerson:
    def test_says_where_and_what_hour_it_is_there(self, client: Client, me: User) -> None:
        kenji = UserFactory(
            name="Kenji Mori", profile={"city": "Tokyo", "country": "Japan", "time_zone": "Asia/Tokyo"}
        )
        with time_machine.travel(datetime(2026, 11, 21, 20, 5, tzinfo=UTC), tick=False):
            page = client.get(f"/people/{kenji.pk}/").content.decode()
        assert "Tokyo, Japan" in page
        assert ">05:05</time>" in page
        assert "Sunday" in page

    def test_shows_terms_languages_and_share(self, client: Client, me: User, terms: dict[str, Term]) -> None:
        other = UserFactory(business_function="research")
        values = {
            "languages": ["ja", "en"],
            "has_alliance_duties": True,
            "share_of_time": 80,
            "role_areas": [terms["contract"]],
            "alliance_types": [terms["codev"]],
        }
        update_profile(person=other, values=values, actor=other)
        page = client.get(f"/people/{other.pk}/").content.decode()
        for words in (
            "Japanese, English",
            "80 per cent",
            "Contract management",
            "Co-development",
            "Research",
        ):
            assert words in page

    def test_only_oneself_gets_the_way_to_edit(self, client: Client, me: User) -> None:
        assert b"Edit your profile" in client.get(f"/people/{me.pk}/").content
        assert b"Edit your profile" not in client.get(f"/people/{UserFactory().pk}/").content

    def test_who_left_is_marked_and_not_written_to(self, client: Client, me: User) -> None:
        gone = UserFactory()
        deactivate(person=gone, actor=None)
        page = client.get(f"/people/{gone.pk}/").content.decode()
        assert "Has left the company" in page
        assert "mailto:" not in page
        assert "Hour there" not in page

    def test_a_missing_person_is_a_404(self, client: Client, me: User) -> None:
        assert client.get("/people/999999/").status_code == 404

    def test_an_account_without_profile_has_a_page(self, client: Client, me: User) -> None:
        root = User.objects.create_superuser("root@example.com", None, name="Root")
        assert client.get(f"/people/{root.pk}/").status_code == 200

    def test_queries_do_not_grow_with_what_is_known(
        self, client: Client, me: User, terms: dict[str, Term], django_assert_max_num_queries
    ) -> None:
        other = UserFactory()
        update_profile(person=other, values={"habits": [terms["H1"], terms["H2"]]}, actor=other)
        with django_assert_max_num_queries(13):
            client.get(f"/people/{other.pk}/")

    def test_a_zone_that_is_gone_falls_back(self, client: Client, me: User) -> None:
        other = UserFactory(profile={"time_zone": "Mars/Olympus"})
        assert client.get(f"/people/{other.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("days", "words"),
    [("12345", "Monday to Friday"), ("14", "Monday, Thursday"), ("", ""), ("7x", "Sunday")],
)
def test_working_week_in_words(days: str, words: str) -> None:
    assert working_week(days) == words


def test_languages_round_trip() -> None:
    for code, name in LANGUAGES.items():
        assert language_code(str(name)) == language_code(code.upper()) == code
    assert language_names(["de", "xx"]) == ["German", "xx"]
    assert language_code("Klingon") is None
