"""The path as content words it: 14 steps with their days, the short one, its beginning, and ticks by a line."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.models import StoredFact
from notifications.api import send_waiting_mail
from onboarding.api import run_onboarding_clock
from onboarding.choices import JourneyState, Source, StepState
from onboarding.models import Journey, Letter, Step, StepEvidence, StepTemplate
from onboarding.services.load_onboarding import load_onboarding
from onboarding.services.tick_step import tick_step
from people.models import User
from tests.onboarding.appointing import tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def path() -> None:
    """The starter's."""
    load_onboarding()


def begun(**told: object) -> Journey:
    """The path of somebody whose day 0 is the first Monday."""
    person = UserFactory.create(name="Nia Newcomer", profile={"manager": UserFactory.create()})
    with time_machine.travel(MONDAY, tick=False):
        made = tell(person, source=Source.NOMINATED, effective=MONDAY.date(), **told)
    return Journey.objects.get(appointment=made.appointment)


def test_loading_again_keeps_what_facilitators_wrote() -> None:
    assert (StepTemplate.objects.count(), Letter.objects.filter(key="digest").count()) == (14, 1)
    StepTemplate.objects.filter(code="S1").update(title="Our own words")
    assert load_onboarding() == 0
    assert StepTemplate.objects.get(code="S1").title == "Our own words"
    assert StepTemplate.objects.get(code="S8").branches.filter(when="handover").exists()


def test_every_step_is_due_on_a_day_the_person_works() -> None:
    journey = begun()
    dues = {step.template.code: step.due for step in journey.steps.select_related("template")}
    assert len(dues) == 14
    assert dues["S1"] == date(2026, 11, 3)
    assert dues["S4"] == date(2026, 11, 9)  # day 5 is a Saturday
    assert dues["S14"] == date(2027, 2, 1)  # day 90 is a Sunday
    assert journey.steps.get(template__code="S6").state == StepState.LOCKED


def test_the_experienced_walk_the_short_path() -> None:
    codes = begun(is_experienced=True).steps.values_list("template__code", flat=True)
    assert set(codes) == {"S1", "S3", "S5", "S7", "S13"}


def test_who_has_done_it_for_years_begins_today() -> None:
    with time_machine.travel(MONDAY, tick=False):
        tell(UserFactory.create(), effective=date(2019, 1, 1))
    assert Journey.objects.get().day_zero == MONDAY.date()


def test_a_planned_path_is_shown_first_then_the_manager_is_told_and_it_begins() -> None:
    manager = UserFactory.create(name="Mo Manager")
    person = UserFactory.create(name="Nia Newcomer", profile={"manager": manager})
    with time_machine.travel(MONDAY - timedelta(days=5), tick=False):
        tell(person, source=Source.NOMINATED, effective=MONDAY.date(), by=manager)
        assert Journey.objects.get().state == JourneyState.SCHEDULED
    for hours in range(-120, 4, 4):
        with time_machine.travel(MONDAY + timedelta(hours=hours), tick=False):
            run_onboarding_clock()
            send_waiting_mail()
    assert Journey.objects.get().state == JourneyState.ACTIVE
    with time_machine.travel(MONDAY + timedelta(hours=5), tick=False):
        run_onboarding_clock()
        send_waiting_mail()
    sent = {message.subject: message.to[0] for message in mail.outbox}
    assert sent["From 2 November 2026 you will look after alliances: a first look"] == person.email
    assert sent["Tomorrow Nia starts: five things that only you can do"] == manager.email
    assert sent["Welcome to alliance management, Nia"] == person.email
    assert len([1 for message in mail.outbox if message.to == [person.email]]) == 2
    assert "{" not in "".join(str(message.body) for message in mail.outbox)


def test_a_step_is_ticked_by_a_line_and_only_by_its_person() -> None:
    journey = begun()
    step, other = journey.steps.get(template__code="S9"), UserFactory.create()
    assert not tick_step(person=other, step_id=step.pk, line="Not mine")
    assert tick_step(person=journey.person, step_id=step.pk, line="Map is saved")
    assert not tick_step(person=journey.person, step_id=step.pk, line="Again")
    assert StepEvidence.objects.get().line == "Map is saved"
    assert StoredFact.objects.filter(name="step_done").count() == 1


def test_the_last_step_completes_the_path() -> None:
    journey = begun()
    last = journey.steps.get(template__code="S14")
    Step.objects.filter(journey=journey).exclude(pk=last.pk).update(state=StepState.DONE)
    tick_step(person=journey.person, step_id=last.pk, line="Both lines seen")
    journey.refresh_from_db()
    assert journey.state == JourneyState.COMPLETED
    assert StoredFact.objects.filter(name="journey_completed").count() == 1


def test_the_pages_of_the_path_are_its_persons_alone() -> None:
    journey = begun()
    own, other = Client(), Client()
    own.force_login(journey.person)
    other.force_login(UserFactory.create())
    page, step = reverse("onboarding:journey"), reverse("onboarding:step", args=["S9"])
    assert "0 of 14" in own.get(page).content.decode()
    assert own.post(step, {"line": ""}).status_code == 422
    assert own.post(step, {"line": "Done it"}).status_code == 302
    assert "1 of 14" in own.get(page).content.decode()
    assert "I look after alliances" in other.get(page).content.decode()
    assert other.get(step).status_code == 404


def test_a_person_without_a_profile_manager_is_confirmed_by_facilitators() -> None:
    facilitator, person = UserFactory.create(roles=("facilitator",)), UserFactory.create()
    tell(person)
    send_waiting_mail()
    assert {message.to[0] for message in mail.outbox} == {facilitator.email, person.email}
    assert User.objects.count() == 2
