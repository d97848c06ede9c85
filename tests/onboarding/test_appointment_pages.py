"""Pages of appointments: declaring, naming, the manager's answer and page, personnel's file. Who may do what, and 403."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from onboarding.choices import AppointmentState, JourneyState, Source, StepState
from onboarding.models import ImportBatch, Journey, RoleAppointment, Step
from onboarding.tokens import confirm_path
from people.models import User
from tests.onboarding.appointing import client_of, path_of, tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    """A newcomer, their manager, another manager, a facilitator, an administrator, a colleague."""
    manager, other = UserFactory.create(), UserFactory.create()
    UserFactory.create(profile={"manager": other})
    return {
        "newcomer": UserFactory.create(name="Nia Newcomer", profile={"manager": manager}),
        "manager": manager,
        "other": other,
        "colleague": UserFactory.create(),
        "facilitator": UserFactory.create(roles=("facilitator",)),
        "administrator": UserFactory.create(roles=("administrator",)),
    }


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("declare", {"newcomer", "manager", "other", "colleague", "facilitator", "administrator"}),
        ("manager", {"newcomer", "manager", "other", "colleague", "facilitator", "administrator"}),
        ("nominate", {"manager", "other", "facilitator"}),
        ("imports", {"facilitator", "administrator"}),
    ],
)
def test_who_finds_which_page(people: dict[str, User], name: str, allowed: set[str]) -> None:
    url = reverse(f"onboarding:{name}")
    found = {role for role, person in people.items() if client_of(person).get(url).status_code == 200}
    assert found == allowed
    assert Client().get(url).status_code == 302


def test_a_manager_names_their_own_and_nobody_elses_people(people: dict[str, User]) -> None:
    url = reverse("onboarding:nominate")
    form = {"email": people["newcomer"].email.upper(), "effective": "2026-12-01", "share_of_time": "60"}
    refused = client_of(people["other"]).post(url, form)
    assert refused.status_code == 422
    assert people["newcomer"].email.upper() in refused.content.decode()
    assert not RoleAppointment.objects.exists()
    assert client_of(people["manager"]).post(url, form).status_code == 302
    row = RoleAppointment.objects.get()
    assert (row.source, row.state, row.share_of_time) == (Source.NOMINATED, AppointmentState.CONFIRMED, 60)
    form["email"] = people["facilitator"].email
    assert client_of(people["facilitator"]).post(url, form).status_code == 422
    form["email"] = people["colleague"].email
    assert client_of(people["facilitator"]).post(url, form).status_code == 302


@pytest.mark.parametrize(
    ("state", "asks", "hands_over"),
    [
        (AppointmentState.UNCONFIRMED, True, True),
        (AppointmentState.CONFIRMED, False, True),
        (AppointmentState.ENDED, False, False),
    ],
)
def test_the_page_of_a_completed_path_offers_what_can_be_done(
    people: dict[str, User], state: AppointmentState, asks: bool, hands_over: bool
) -> None:
    path_of(tell(people["newcomer"]).appointment)
    Journey.objects.update(state=JourneyState.COMPLETED)
    RoleAppointment.objects.update(state=state)
    client, args = client_of(people["manager"]), [people["newcomer"].pk]
    page = client.get(reverse("onboarding:managed", args=args)).content.decode()
    assert ("Not confirmed yet" in page) == asks
    assert ("Somebody else looks after" in page) == hands_over
    url = reverse("onboarding:end", args=args)
    assert (url in page) == hands_over
    assert (client.get(url).status_code == 200) == hands_over


def test_the_link_of_the_letter_asks_and_only_sending_decides(people: dict[str, User]) -> None:
    row = tell(people["newcomer"]).appointment
    url = confirm_path(row.pk, people["manager"].pk)
    client = client_of(people["manager"])
    for _look in range(2):
        assert "Nia Newcomer" in client.get(url).content.decode()
    row.refresh_from_db()
    assert row.state == AppointmentState.UNCONFIRMED
    assert client.post(url, {"answer": "yes"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (AppointmentState.CONFIRMED, people["manager"])
    late = client.post(url, {"answer": "no", "reason": "Changed my mind"}, follow=True)
    assert "decided before" in late.content.decode()
    row.refresh_from_db()
    assert row.state == AppointmentState.CONFIRMED


def test_a_no_needs_a_sentence_and_ends_the_path(people: dict[str, User]) -> None:
    row = tell(people["newcomer"]).appointment
    journey = path_of(row)
    client, url = client_of(people["manager"]), confirm_path(row.pk, people["manager"].pk)
    assert client.post(url, {"answer": "no", "reason": " "}).status_code == 422
    assert client.post(url, {"answer": "no", "reason": "Not before spring"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == (AppointmentState.REJECTED, "Not before spring")
    assert Journey.objects.get(pk=journey.pk).state == JourneyState.CANCELLED


@pytest.mark.parametrize("role", ["newcomer", "other", "colleague", "facilitator"])
def test_a_letter_that_was_passed_on_decides_nothing(people: dict[str, User], role: str) -> None:
    row = tell(people["newcomer"]).appointment
    client = client_of(people[role])
    for url in (confirm_path(row.pk, people["manager"].pk), "/onboarding/confirm/rubbish/"):
        assert client.get(url).status_code == client.post(url, {"answer": "yes"}).status_code == 404
    own = confirm_path(row.pk, people[role].pk)
    assert client.get(own).status_code == (200 if role == "facilitator" else 404)


def test_the_managers_page_has_two_counts_and_the_talk(people: dict[str, User]) -> None:
    row = tell(people["newcomer"], effective=timezone.localdate() - timedelta(60)).appointment
    journey = path_of(row)
    Step.objects.filter(journey=journey, template__code="S1").update(
        state=StepState.DONE, reason="secret reason"
    )
    page = client_of(people["manager"]).get(reverse("onboarding:managed", args=[people["newcomer"].pk]))
    shown = page.content.decode()
    assert "1 of 3" in shown
    progress = page.context["progress"]
    assert (progress.done, progress.overdue, progress.total) == (1, 2, 3)
    for hidden in ("Step S1", "Step S7", "secret reason"):
        assert hidden not in shown
    assert "Nia Newcomer" in client_of(people["manager"]).get(reverse("onboarding:manager")).content.decode()


@pytest.mark.parametrize("role", ["newcomer", "other", "colleague", "facilitator", "administrator"])
def test_other_managers_and_everybody_else_are_refused_in_the_same_way(
    people: dict[str, User], role: str
) -> None:
    path_of(tell(people["newcomer"]).appointment)
    client = client_of(people[role])
    for pk in (people["newcomer"].pk, people["colleague"].pk, 999_999):
        assert client.get(reverse("onboarding:managed", args=[pk])).status_code == 403
        assert client.post(reverse("onboarding:talk", args=[pk])).status_code == 403
    assert client.get(reverse("onboarding:manager")).context["people"] == []


def test_the_talk_is_done_once_both_have_ticked(people: dict[str, User]) -> None:
    journey = path_of(tell(people["newcomer"]).appointment)
    url = reverse("onboarding:talk", args=[people["newcomer"].pk])
    client = client_of(people["manager"])
    assert client.post(url).status_code == 302
    step = Step.objects.get(journey=journey, template__code="S4")
    assert (step.state, step.ticks) == (StepState.OPEN, ["manager"])
    Step.objects.filter(pk=step.pk).update(ticks=["person"])
    client.post(url)
    step.refresh_from_db()
    assert (step.state, step.ticks) == (StepState.DONE, ["person", "manager"])


def test_the_managers_page_asks_the_same_of_many(
    people: dict[str, User], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(12):
        path_of(tell(UserFactory.create(profile={"manager": people["manager"]})).appointment)
    client = client_of(people["manager"])
    client.get(reverse("onboarding:manager"))
    with django_assert_max_num_queries(12):
        assert len(client.get(reverse("onboarding:manager")).context["people"]) == 12


def test_a_file_is_looked_through_before_it_is_imported(people: dict[str, User]) -> None:
    client, url = client_of(people["facilitator"]), reverse("onboarding:imports")
    text = f"employee_id,email,effective\nE1,{people['newcomer'].email},2026-12-01\nE2,x@example.org,soon\n"

    def send(**button: str) -> str:
        file = SimpleUploadedFile("people.csv", text.encode())
        return client.post(url, {"file": file, **button}, follow=True).content.decode()

    shown = send(look="1")
    assert "nothing was written" in shown
    assert "“soon” is no date" in shown
    assert not RoleAppointment.objects.exists()
    send(**{"import": "1"})
    assert RoleAppointment.objects.get().person == people["newcomer"]
    assert list(ImportBatch.objects.order_by("pk").values_list("dry_run", flat=True)) == [True, False]
    assert client.post(url, {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}).status_code == 422
    assert client_of(people["manager"]).post(url).status_code == 404


def test_declaring_opens_the_path_and_asks_the_manager(people: dict[str, User]) -> None:
    client, url = client_of(people["newcomer"]), reverse("onboarding:declare")
    assert client.post(url, {"effective": "1066-10-14"}).status_code == 422
    today = timezone.localdate().isoformat()
    answer = client.post(url, {"effective": today, "share_of_time": "40"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("onboarding:journey"))
    row = RoleAppointment.objects.get()
    assert (row.source, row.state) == (Source.SELF, AppointmentState.UNCONFIRMED)


def test_the_page_of_the_path_leads_managers_to_their_people(people: dict[str, User]) -> None:
    for role, leads in {"manager": True, "other": True, "newcomer": False, "colleague": False}.items():
        page = client_of(people[role]).get(reverse("onboarding:journey")).content.decode()
        assert (f'href="{reverse("onboarding:manager")}"' in page) is leads
