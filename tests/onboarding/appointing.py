"""Appointments and paths for tests of appointments, made as the services make them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from onboarding.choices import JourneyState, Source
from onboarding.models import Journey, JourneyTemplate, RoleAppointment, Step, StepTemplate
from onboarding.services.appoint import Appointed, Told, appoint
from people.api import next_working_day
from people.models import User
from tests.people.factories import UserFactory

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STEPS = {"S1": (1, ["person"]), "S4": (5, ["person", "manager"]), "S7": (10, ["person"])}


def tell(
    person: User, *, source: Source = Source.SELF, effective: date | None = None, **known: Any
) -> Appointed:
    """One source tells."""
    return appoint(
        person=person, told=Told(source=source, effective=effective or timezone.localdate(), **known)
    )


def begun_on_monday(*, name: str = "Nia Newcomer", manager: User | None = None, **known: Any) -> User:
    """Somebody with a manager, nominated, on the path whose day 0 is `MONDAY`."""
    person: User = UserFactory.create(name=name, profile={"manager": manager or UserFactory.create()})
    with time_machine.travel(MONDAY, tick=False):
        tell(person, source=Source.NOMINATED, effective=MONDAY.date(), **known)
    return person


def path_of(appointment: RoleAppointment, **values: Any) -> Journey:
    """A path of three steps, unless the appointment has one."""
    if (found := Journey.objects.filter(appointment=appointment).first()) is not None:
        return found
    template, _is_new = JourneyTemplate.objects.get_or_create(name="Three steps")
    journey = Journey.objects.create(
        **{
            "appointment": appointment,
            "person": appointment.person,
            "template": template,
            "day_zero": appointment.effective,
            "state": JourneyState.ACTIVE,
            "last_act": timezone.now(),
            **values,
        }
    )
    for order, (code, (day, owners)) in enumerate(STEPS.items()):
        step, _is_new = StepTemplate.objects.get_or_create(
            template=template,
            code=code,
            defaults={"order": order, "title": f"Step {code}", "due_day": day, "owners": owners},
        )
        due = next_working_day(appointment.person.profile, appointment.effective + timedelta(day))
        Step.objects.create(journey=journey, template=step, due=due)
    return journey


def client_of(person: User | None) -> Client:
    """A browser of the person's; of a stranger for None."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client
