"""The last step: who learns that it is done and reads what came of it, on which day its self-check opens, and its trail."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import facts
from core.models import AuditEntry
from onboarding.choices import Source
from onboarding.models import Journey, Step
from onboarding.services.close_path import keep_outcome
from onboarding.services.finish_step import finish_step
from onboarding.services.load_onboarding import load_onboarding
from onboarding.step_receivers import check_taken
from people.models import Profile, User
from tests.onboarding.appointing import tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def newcomer() -> User:
    load_onboarding()
    person = UserFactory.create(name="Nia Newcomer", profile={"manager": UserFactory.create()})
    with time_machine.travel(MONDAY, tick=False):
        tell(person, source=Source.NOMINATED, effective=MONDAY.date())
    return person


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own_last(person: User) -> Step:
    return Step.objects.get(journey__person=person, template__code="S14")


def test_the_trail_says_how_the_pair_was_to_go_on_before(newcomer: User) -> None:
    for goes_on in ("peers", "closes"):
        keep_outcome(person=newcomer, outcome="I ask earlier.", goes_on=goes_on)
    trail = AuditEntry.objects.filter(action="journey.outcome").order_by("pk")
    assert [entry.changes["goes_on"] for entry in trail] == [["", "peers"], ["peers", "closes"]]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_last_check_opens_on_the_sixtieth_day_by_the_clock_of_its_person(
    newcomer: User, zone: str
) -> None:
    Profile.objects.filter(user=newcomer).update(time_zone=zone)
    Journey.objects.update(days_paused=2)
    finish_step(person_id=newcomer.pk, code="S5", kind="self_check", object_id=newcomer.pk)
    opens = datetime(2027, 1, 3, tzinfo=ZoneInfo(zone))
    for moment, is_open in ((opens - timedelta(minutes=1), False), (opens, True)):
        with time_machine.travel(moment, tick=False):
            page = client_of(newcomer).get(reverse("onboarding:step", args=["S14"])).content.decode()
            check_taken(facts.SelfCheckTaken(person_id=newcomer.pk))
        assert ("Take it now" in page) == is_open
        assert ("Opens on 3 January" in page) == (not is_open)
        assert own_last(newcomer).evidence.filter(kind="self_check").exists() == is_open
