"""The demo people: all thirty, loaded once, never over an edit."""

from datetime import date

import pytest
from django.conf import settings

from core.content import read_yaml
from core.models import AuditEntry
from core.services.load_vocabularies import load_vocabularies
from people.api import demo_sign_ins
from people.models import Profile, User
from people.roles import Role
from people.services.deactivate import deactivate
from people.services.load_people import DEMO_PASSWORD, load_people
from people.services.update_profile import update_profile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
FILE = settings.CONTENT_DIR / "people.yaml"


@pytest.fixture
def loaded(db: None) -> int:
    """Vocabularies and people."""
    load_vocabularies(content=settings.CONTENT_DIR)
    return load_people(today=TODAY)


def person(key: str) -> User:
    """A person by the key of the file."""
    return User.objects.with_profile().get(email=f"{key.replace('_', '.')}@demo.example")


def test_everybody_comes_with_everything_of_the_file(loaded: int) -> None:
    entries = read_yaml(FILE)["people"]
    assert loaded == len(entries) == 30
    people = {user.email: user for user in User.objects.with_profile()}
    for entry in entries:
        user = people[entry["email"]]
        profile = user.profile
        assert user.is_demo
        assert (user.name, user.business_function) == (entry["name"], entry["business_function"])
        assert user.role_names == set(entry["roles"])
        for field in ("division", "job_title", "city", "country", "time_zone", "languages", "share_of_time"):
            assert getattr(profile, field) == entry[field], (entry["key"], field)
        for field, key in (("role_areas", "role_areas"), ("habits", "habits_strong"), ("phases", "phases")):
            assert {term.code for term in getattr(profile, field).all()} == set(entry[key])
        assert profile.therapeutic_areas == entry["therapeutic_areas"]
        assert profile.bio == entry["bio"].strip()
        assert (profile.manager is None) == (entry["manager"] is None)


def test_relations_and_dates(loaded: int) -> None:
    ilse = person("ilse_koster")
    assert ilse.profile.manager == person("marieke_brouwer")
    assert ilse.profile.in_role_since == date(2026, 10, 15)
    assert ilse.is_practitioner
    assert not person("kenji_mori").is_practitioner
    assert person("jonas_lindqvist").is_practitioner


def test_everybody_signs_in_with_the_password_of_the_demo(loaded: int) -> None:
    assert all(user.check_password(DEMO_PASSWORD) for user in User.objects.all())


def test_a_second_load_changes_nothing(loaded: int) -> None:
    before = list(Profile.objects.order_by("pk").values()), AuditEntry.objects.count()
    assert load_people(today=TODAY) == 0
    assert (list(Profile.objects.order_by("pk").values()), AuditEntry.objects.count()) == before


def test_edits_roles_and_passwords_survive_a_load(loaded: int) -> None:
    ilse = person("ilse_koster")
    update_profile(person=ilse, values={"city": "Utrecht", "role_areas": []}, actor=ilse)
    ilse.set_password("a new and long sentence")
    ilse.save()
    deactivate(person=person("nora_lind"), actor=None)
    load_people(today=TODAY)
    ilse = person("ilse_koster")
    assert ilse.profile.city == "Utrecht"
    assert not ilse.profile.role_areas.exists()
    assert ilse.check_password("a new and long sentence")
    assert not person("nora_lind").is_active


def test_one_person_a_role_for_looking_around(loaded: int) -> None:
    shown = demo_sign_ins()
    assert [entry.role for entry in shown] == [role.value.capitalize() for role in Role]
    assert shown[0].name == "Ilse Koster"
    assert {entry.password for entry in shown} == {DEMO_PASSWORD}


def test_nobody_is_offered_who_has_left(loaded: int) -> None:
    first = demo_sign_ins()[-1]
    deactivate(person=User.objects.get(email=first.email), actor=None)
    assert first.email not in {entry.email for entry in demo_sign_ins()}
