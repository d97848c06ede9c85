"""Opens the path of an appointment: every step with its day, moved to a day on which the person works."""

from datetime import date, timedelta

from django.utils import timezone

from onboarding.choices import JourneyState, StepState
from onboarding.due_days import days_of
from onboarding.models import Journey, JourneyTemplate, RoleAppointment, Step
from people.api import next_working_day, zone_of

OPENS_LATER = frozenset({"S6"})
"""Needs a mentor first; every other step is open from the beginning."""
LONG_AGO = timedelta(days=14)


def open_journey(appointment: RoleAppointment) -> Journey | None:
    """The new path; None where nobody has written one, or another path of the person runs. Call it in a transaction.

    For somebody who has done the work for long the first day is today: nothing begins overdue.
    """
    person, now = appointment.person, timezone.now()
    template = JourneyTemplate.objects.filter(is_default=True).first()
    if template is None or Journey.objects.running().filter(person=person).exists():
        return None
    today = now.astimezone(zone_of(person)).date()
    zero = today if appointment.effective < today - LONG_AGO else appointment.effective
    journey = Journey.objects.create(
        appointment=appointment,
        person=person,
        template=template,
        day_zero=zero,
        state=JourneyState.SCHEDULED if zero > today else JourneyState.ACTIVE,
        last_act=now,
    )
    Step.objects.bulk_create(_steps(journey, appointment, zero))
    return journey


def _steps(journey: Journey, appointment: RoleAppointment, zero: date) -> list[Step]:
    profile = appointment.person.profile
    days = {
        template: days_of(template).of(experienced=appointment.is_experienced)
        for template in journey.template.steps.all()
    }
    return [
        Step(
            journey=journey,
            template=template,
            due=next_working_day(profile, zero + timedelta(day)),
            state=StepState.LOCKED if template.code in OPENS_LATER else StepState.OPEN,
        )
        for template, day in days.items()
        if day is not None
    ]
