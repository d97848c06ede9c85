"""What a self-check suggests to learn: to its person alone, editable, and never against what they chose themselves."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from core.models import AuditEntry, Term
from core.services.load_vocabularies import load_vocabularies
from mentoring.models import MentorProfile
from mentoring.subjects import competences
from people.api import competences as checked
from people.api import take_self_check
from people.models import User
from people.services.load_competences import load_competences
from tests.mentoring.market import make_mentor
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
FORM, CHOOSE = "/mentoring/profile/", "/mentoring/choose/"
PICKED = ("H3", "contract")
SENTENCE = "In your self-check you picked"


@pytest.fixture
def me(client: Client) -> User:
    """Somebody who has checked themselves: lower in contract management than in bridging differences."""
    load_vocabularies(content=settings.CONTENT_DIR)
    load_competences()
    person: User = UserFactory(profile={"languages": ["en"]})
    levels = {one.code: 2 for one in checked()} | {"contract": 1}
    take_self_check(person=person, levels=levels, examples={}, picks=PICKED)
    client.force_login(person)
    return person


def sent(**wants: str) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {"capacity": 0, "advice": 3, "structure": 3, "cadence": 3, **wants}


def test_what_is_checked_can_be_wanted() -> None:
    load_vocabularies(content=settings.CONTENT_DIR)
    load_competences()
    assert {one.code for one in checked()} == set(competences())


@pytest.mark.parametrize("address", [FORM, CHOOSE])
def test_picks_are_suggested_in_words_the_lowest_first(client: Client, me: User, address: str) -> None:
    page = client.get(address)
    assert page.context["suggestion"].codes == ("contract", "H3")
    assert SENTENCE in page.content.decode()
    assert not MentorProfile.objects.exists()


def test_the_link_fills_the_lists_and_saving_keeps_what_stands_there(client: Client, me: User) -> None:
    page = client.get(f"{FORM}?from_check=1")
    form = page.context["form"]
    assert [field.value() for field in form.wants] == ["contract", "H3", None, None]
    assert not MentorProfile.objects.exists()
    client.post(f"{FORM}?from_check=1", sent(want_1="H3", want_2="H1"))
    assert MentorProfile.objects.get().wants == ["H3", "H1"]
    assert SENTENCE not in client.get(FORM).content.decode()


def test_who_chose_themselves_is_asked_nothing_and_loses_nothing(client: Client, me: User) -> None:
    MentorProfile.objects.create(person=me, wants=["H1"], is_mentee=True)
    for address in (f"{FORM}?from_check=1", FORM, CHOOSE):
        page = client.get(address)
        assert SENTENCE not in page.content.decode()
    assert client.get(f"{FORM}?from_check=1").context["form"]["want_1"].value() == "H1"
    assert MentorProfile.objects.get().wants == ["H1"]


def test_a_form_saved_without_the_suggestion_wants_nothing(client: Client, me: User) -> None:
    client.post(FORM, sent(is_mentee="on"))
    assert MentorProfile.objects.get().wants == []


def test_nobody_else_is_suggested_anything_and_no_trail_tells(client: Client, me: User) -> None:
    make_mentor()
    client.get(FORM)
    client.get(CHOOSE)
    assert not AuditEntry.objects.filter(action__startswith="mentoring").exists()
    client.force_login(UserFactory(profile={"languages": ["en"]}))
    for address in (f"{FORM}?from_check=1", FORM, CHOOSE):
        assert client.get(address).context["suggestion"] is None


def test_a_pick_that_is_no_competence_any_more_is_left_out(client: Client, me: User) -> None:
    Term.objects.filter(code="contract").delete()
    assert client.get(FORM).context["suggestion"].codes == ("H3",)
