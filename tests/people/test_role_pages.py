"""The three questions, the ladder and the self-check as their pages show them, and what others learn of them: nothing."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from core.models import AuditEntry
from people.competences import competences, own_checks
from people.models import FinderAnswer, FinderQuestion, RoleProfile, SelfCheck, User
from people.services.confirm_profile import needs_confirming
from people.services.load_competences import load_competences
from search.documents import specs
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "Zanderfluss"


@pytest.fixture
def me(client: Client) -> User:
    load_competences()
    person: User = UserFactory(name="Me")
    client.force_login(person)
    return person


def filled(level: int = 2) -> dict[str, object]:
    codes = [one.code for one in competences()]
    return {f"level_{code}": level for code in codes} | {"example_H1": SECRET, "picks": codes[:2]}


def answers(*yes: bool) -> dict[str, str]:
    keys = FinderQuestion.objects.values_list("key", flat=True)
    return {key: "yes" if answer else "no" for key, answer in zip(keys, yes, strict=True)}


def test_two_yes_offer_to_declare_the_role_and_one_does_not(client: Client, me: User) -> None:
    page = client.post("/people/finder/", answers(True, True, False), follow=True).content.decode()
    assert "You do the work of an alliance manager" in page
    assert "/onboarding/declare/" in page
    assert "You speak for us to a partner" in page
    page = client.post("/people/finder/", answers(False, True, False), follow=True).content.decode()
    assert "You do part of the work" in page
    assert "/onboarding/declare/" not in page


def test_answers_are_private_until_told_and_again_when_answered_anew(client: Client, me: User) -> None:
    client.post("/people/finder/", answers(True, True, True))
    assert FinderAnswer.objects.get(person=me).told_on is None
    assert not AuditEntry.objects.filter(action="tell_finder").exists()
    client.post("/people/finder/tell/")
    assert FinderAnswer.objects.get(person=me).told_on is not None
    client.post("/people/finder/", answers(False, True, True))
    assert FinderAnswer.objects.get(person=me).told_on is None


def test_a_question_left_open_is_asked_again(client: Client, me: User) -> None:
    page = client.post("/people/finder/", {})
    assert page.status_code == 422
    assert "Say yes or no." in page.content.decode()


def test_every_role_has_a_page_and_an_unknown_one_none(client: Client, me: User) -> None:
    assert "De facto alliance manager" in client.get("/people/roles/").content.decode()
    for role in RoleProfile.objects.all():
        assert role.purpose.split(".")[0] in client.get(role.get_absolute_url()).content.decode().replace(
            "&#x27;", "'"
        )
    assert client.get("/people/roles/none/").status_code == 404


def test_two_checks_stand_side_by_side(client: Client, me: User) -> None:
    client.post("/people/check/", filled(1))
    client.post("/people/check/", filled(3))
    page = client.get("/people/check/")
    assert "Then and now" in page.content.decode()
    assert {(row.before, row.now) for row in page.context["chart"].rows} == {(1, 3)}


def test_a_check_with_three_picks_loses_nothing(client: Client, me: User) -> None:
    page = client.post("/people/check/", filled() | {"picks": [one.code for one in competences()][:3]})
    assert page.status_code == 422
    assert SECRET in page.content.decode()
    assert own_checks(me) == []


@pytest.mark.parametrize("role", ["member", "facilitator", "administrator"])
def test_nobody_else_learns_that_a_check_exists(client: Client, me: User, role: str) -> None:
    other = Client()
    other.force_login(UserFactory(name="Other", roles=(role,)))
    addresses = ["/people/check/", "/people/finder/", "/people/", f"/people/{me.pk}/", f"/search/?q={SECRET}"]
    for address in addresses:  # the first answers differ by what is made on the way
        other.get(address)
    before = [_words(other, address) for address in addresses]
    rows = AuditEntry.objects.count()
    client.post("/people/check/", filled())
    assert SelfCheck.objects.count() == 1
    assert [_words(other, address) for address in addresses] == before
    assert AuditEntry.objects.count() == rows


def test_checks_stand_in_no_admin_and_no_search() -> None:
    private = {apps.get_model("people", "SelfCheck"), apps.get_model("people", "FinderAnswer")}
    shown = {getattr(viewset, "model", None) for viewset in viewsets.viewsets} | set(get_snippet_models())
    assert User in shown
    assert not private & shown
    assert not private & {spec.model for spec in specs}


def _words(client: Client, address: str) -> str:
    lines = client.get(address).content.decode().splitlines()
    return "\n".join(
        line
        for line in lines
        if not any(word in line for word in ("csrf", "nonce", "<time", " there", "results in"))
    )


def test_facilitators_find_who_told_them_and_nobody_finds_who_did_not(client: Client, me: User) -> None:
    facilitator, other = UserFactory(roles=("facilitator",)), UserFactory()
    client.post("/people/finder/", answers(True, True, False))
    reader = Client()
    reader.force_login(facilitator)
    assert "Me</a>" not in reader.get("/people/told/").content.decode()
    client.post("/people/finder/tell/")
    assert "Me</a>" in reader.get("/people/told/").content.decode()
    for person in (me, other):
        reader.force_login(person)
        assert reader.get("/people/told/").status_code == 404


@pytest.mark.parametrize(("days", "asked"), [(364, False), (366, True)])
def test_nobody_is_asked_for_a_yearly_word_in_their_first_year(me: User, days: int, asked: bool) -> None:
    joined = me.date_joined.date()
    assert needs_confirming(me.profile, joined + timedelta(days=days)) is asked
