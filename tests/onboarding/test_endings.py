"""What ends an appointment from a page: a no to the sign-in's word, handing over, the manager's word. And what it frees."""

import pytest
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.facts import deliver_waiting
from mentoring.models import MatchRequest, Mentorship
from mentoring.services.send_request import send_request
from notifications.api import send_waiting_mail
from notifications.models import Notice
from onboarding.choices import AppointmentState, JourneyState, Source
from onboarding.models import Journey, RoleAppointment
from onboarding.services.answer_claim import answer_claim
from onboarding.services.load_onboarding import load_onboarding
from people.models import MentorStatus, User
from tests.mentoring.market import make_mentor
from tests.mentoring.pair_factories import PairFactory
from tests.onboarding.appointing import client_of, tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
ASKS = "Your sign-in says that you look after alliances."
CLAIM, LEAVE = "/onboarding/claim/", "/onboarding/leave/"


@pytest.fixture(autouse=True)
def written() -> None:
    load_onboarding()


@pytest.fixture
def newcomer() -> User:
    manager = UserFactory.create(name="Mo Manager")
    return UserFactory.create(name="Nia Newcomer", profile={"manager": manager, "languages": ["en"]})


def signed_in(person: User, settings: Settings) -> Client:
    """Signs in with the role."""
    settings.ONBOARDING_ROLE_CLAIM = "alliance-managers"
    person.groups.add(Group.objects.get_or_create(name="alliance-managers")[0])
    return client_of(person)


def test_a_claim_is_asked_about_until_it_is_answered(newcomer: User, settings: Settings) -> None:
    client = signed_in(newcomer, settings)
    for address in ("/", reverse("onboarding:journey")):
        assert ASKS in client.get(address).content.decode()
    assert client.post(CLAIM, {"answer": "yes"})["Location"] == reverse("onboarding:context")
    row = RoleAppointment.objects.get()
    assert (row.state, row.decided_by) == (AppointmentState.CONFIRMED, newcomer)
    for address in ("/", reverse("onboarding:journey")):
        assert ASKS not in client.get(address).content.decode()


def test_a_no_ends_the_path_quietly_and_is_not_asked_again(newcomer: User, settings: Settings) -> None:
    client = signed_in(newcomer, settings)
    Notice.objects.all().delete()
    assert client.post(CLAIM, {"answer": "no"}).status_code == 302
    assert RoleAppointment.objects.get().state == AppointmentState.REJECTED
    assert Journey.objects.get().state == JourneyState.CANCELLED
    assert not Notice.objects.exists()
    assert ASKS not in signed_in(newcomer, settings).get("/").content.decode()
    assert RoleAppointment.objects.count() == 1


@pytest.mark.parametrize("source", [Source.SELF, Source.NOMINATED])
def test_what_people_told_is_not_the_persons_to_confirm(newcomer: User, source: Source) -> None:
    tell(newcomer, source=source)
    before = RoleAppointment.objects.get().state
    assert not answer_claim(person=newcomer, is_right=True)
    assert ASKS not in client_of(newcomer).get("/").content.decode()
    client_of(newcomer).post(CLAIM, {"answer": "no"})
    assert RoleAppointment.objects.get().state == before


def test_handing_over_ends_the_path_and_frees_the_mentors_place(newcomer: User) -> None:
    tell(newcomer, source=Source.NOMINATED)
    mentor = make_mentor()
    pair = PairFactory.create(mentee=newcomer, mentor=mentor)
    client = client_of(newcomer)
    assert client.get(LEAVE).status_code == 200
    assert Journey.objects.get().state == JourneyState.ACTIVE
    assert client.post(LEAVE).status_code == 302
    deliver_waiting()
    assert RoleAppointment.objects.get().state == AppointmentState.ENDED
    assert Journey.objects.get().state == JourneyState.CANCELLED
    assert not Mentorship.objects.get(pk=pair.pk).is_open
    mentor.profile.refresh_from_db()
    assert mentor.profile.mentor_status == MentorStatus.OPEN
    assert client.get(LEAVE).status_code == 302


def test_a_manager_ends_it_with_a_sentence_that_the_person_reads(
    newcomer: User, mailoutbox: list[EmailMessage]
) -> None:
    tell(newcomer, source=Source.NOMINATED)
    mentor = make_mentor()
    send_request(mentee=newcomer, mentor_id=mentor.pk, message="")
    Notice.objects.all().delete()
    manager = newcomer.profile.manager
    assert manager is not None
    client, url = client_of(manager), reverse("onboarding:end", args=[newcomer.pk])
    assert client.post(url, {"reason": " "}).status_code == 422
    assert RoleAppointment.objects.get().state == AppointmentState.CONFIRMED
    assert client.post(url, {"reason": "Per takes over on Monday."}).status_code == 302
    assert RoleAppointment.objects.get().state == AppointmentState.ENDED
    assert not MatchRequest.objects.open().exists()
    send_waiting_mail()
    (told,) = [message for message in mailoutbox if message.to == [newcomer.email]]
    assert told.subject == "Your appointment has ended, and your path with it"
    assert "Per takes over on Monday." in str(told.body)


@pytest.mark.parametrize("roles", [("member",), ("administrator",), ("steward",)])
def test_nobody_else_ends_it(newcomer: User, roles: tuple[str, ...]) -> None:
    tell(newcomer, source=Source.NOMINATED)
    other = UserFactory.create(roles=roles)
    for person in (other, newcomer):
        url = reverse("onboarding:end", args=[newcomer.pk])
        assert client_of(person).get(url).status_code == 403
        assert client_of(person).post(url, {"reason": "No."}).status_code == 403
    assert RoleAppointment.objects.get().state == AppointmentState.CONFIRMED
    facilitator = UserFactory.create(roles=("facilitator",))
    assert client_of(facilitator).get(reverse("onboarding:end", args=[newcomer.pk])).status_code == 200
