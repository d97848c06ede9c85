"""The last step: who learns that it is done and reads what came of it, on which day its self-check opens, and its trail."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from core.models import AuditEntry
from onboarding.choices import Source
from onboarding.services.close_path import keep_outcome
from onboarding.services.load_onboarding import load_onboarding
from people.models import User
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


def test_the_trail_says_how_the_pair_was_to_go_on_before(newcomer: User) -> None:
    for goes_on in ("peers", "closes"):
        keep_outcome(person=newcomer, outcome="I ask earlier.", goes_on=goes_on)
    trail = AuditEntry.objects.filter(action="journey.outcome").order_by("pk")
    assert [entry.changes["goes_on"] for entry in trail] == [["", "peers"], ["peers", "closes"]]
