"""Pages of alliances: who sees what, and that for everybody else an alliance is not there."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alliances.choices import Duty, MembershipState
from alliances.models import Alliance, Membership
from alliances.services.membership import ask_membership
from people.models import User
from tests.alliances.factories import join, make_alliance
from tests.people.factories import UserFactory
from tests.portal.world import normalised

pytestmark = pytest.mark.django_db
ROLES = ("stranger", "outsider", "asker", "leaver", "member", "manager", "facilitator")
PAGES = {
    "alliance": {"member", "manager", "facilitator"},
    "change": {"manager", "facilitator"},
    "add": {"facilitator"},
}


@pytest.fixture
def heron() -> Alliance:
    return make_alliance(code_name="Heron", north_star="Quiet skin by 2032", phase="want_get")


@pytest.fixture
def people(heron: Alliance) -> dict[str, User]:
    """One person a role."""
    found = {role: UserFactory.create() for role in ROLES[1:-1]} | {
        "facilitator": UserFactory.create(roles=("facilitator",))
    }
    ask_membership(person=found["asker"], code_name="Heron", duty=Duty.MEMBER)
    left = join(heron, found["leaver"])
    join(heron, found["member"])
    join(heron, found["manager"], Duty.MANAGER)
    from alliances.services.membership import end_membership

    end_membership(membership_id=left.pk, actor=None)
    return found


def signed_in(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


@pytest.mark.parametrize("role", ROLES[1:])
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_there_for_some_and_missing_for_the_others(
    heron: Alliance, people: dict[str, User], role: str, name: str
) -> None:
    url = reverse("alliances:add") if name == "add" else reverse(f"alliances:{name}", args=[heron.pk])
    answer = signed_in(people[role]).get(url)
    assert answer.status_code == (200 if role in PAGES[name] else 404)


@pytest.mark.parametrize("role", ["outsider", "asker", "leaver"])
def test_the_register_shows_outsiders_nothing_of_it(
    heron: Alliance, people: dict[str, User], role: str
) -> None:
    client = signed_in(people[role])
    assert "Heron" not in client.get(reverse("alliances:index")).content.decode()
    assert "Heron" not in client.get("/search/?q=quiet+skin").content.decode()
    there, missing = (
        client.get(reverse("alliances:alliance", args=[pk])) for pk in (heron.pk, heron.pk + 999)
    )
    assert there.status_code == missing.status_code == 404


def test_asking_by_a_name_answers_the_same_whether_there_is_one(heron: Alliance) -> None:
    answers = []
    for name in ("Heron", "No such bird"):
        client = signed_in(UserFactory.create(name="Same Name", email=f"same{len(answers)}@example.com"))
        page = client.post(
            reverse("alliances:ask"), {"code_name": name, "duty": Duty.MANAGER.value}, follow=True
        )
        answers.append((normalised(page.content), normalised(client.get(reverse("alliances:index")).content)))
    first, second = answers
    assert [len(body) for body in first] == [len(body) for body in second]
    assert [body.replace(b"same1@", b"same0@") for body in second] == list(first)


@pytest.mark.parametrize(
    ("role", "status"),
    [("outsider", 404), ("asker", 404), ("member", 404), ("manager", 302), ("facilitator", 302)],
)
def test_who_may_confirm(heron: Alliance, people: dict[str, User], role: str, status: int) -> None:
    row = Membership.objects.get(person=people["asker"])
    answer = signed_in(people[role]).post(reverse("alliances:decide", args=[row.pk, "confirm"]))
    assert answer.status_code == status
    row.refresh_from_db()
    assert row.state == (MembershipState.CONFIRMED if status == 302 else MembershipState.ASKED)


def test_one_may_leave_and_then_finds_it_missing(heron: Alliance, people: dict[str, User]) -> None:
    row = Membership.objects.confirmed().get(person=people["member"])
    client = signed_in(people["member"])
    answer = client.post(reverse("alliances:decide", args=[row.pk, "end"]), follow=True)
    assert answer.status_code == 200
    assert client.get(heron.get_absolute_url()).status_code == 404


def test_a_manager_adds_a_colleague_and_a_wrong_address_loses_nothing(
    heron: Alliance, people: dict[str, User]
) -> None:
    client, url = signed_in(people["manager"]), reverse("alliances:team", args=[heron.pk])
    answer = client.post(url, {"email": "nobody@example.org", "duty": "member"})
    assert answer.status_code == 422
    assert "nobody@example.org" in answer.content.decode()
    client.post(url, {"email": people["outsider"].email.upper(), "duty": "member"})
    assert Membership.objects.confirmed().filter(person=people["outsider"]).exists()


def test_the_record_is_changed_by_its_manager(heron: Alliance, people: dict[str, User]) -> None:
    client, url = signed_in(people["manager"]), reverse("alliances:change", args=[heron.pk])
    form = client.get(url).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    make_alliance(code_name="Kestrel")
    assert client.post(url, {**values, "code_name": "kestrel"}).status_code == 422
    assert client.post(url, {**values, "note": "Kickoff on day 52"}).status_code in (302, 422)


def test_one_without_a_manager_is_flagged_to_facilitators(people: dict[str, User]) -> None:
    make_alliance(code_name="Whimbrel")
    page = signed_in(people["facilitator"]).get(reverse("alliances:index"), {"show": "without-manager"})
    shown = page.content.decode()
    assert "Whimbrel" in shown
    assert "Heron" not in shown


@pytest.mark.parametrize("count", [3, 60])
def test_the_register_asks_the_same_of_many(
    people: dict[str, User], django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        make_alliance()
    client = signed_in(people["facilitator"])
    client.get(reverse("alliances:index"))
    with django_assert_max_num_queries(12):
        client.get(reverse("alliances:index"))
