"""What a day brings to appointments: the checklist for the manager on the eve, the beginning of a path that was planned."""

from datetime import date, datetime, timedelta

from django.db import transaction

from onboarding.choices import JourneyState, Source
from onboarding.letters import send_letter
from onboarding.models import Journey
from people.api import next_working_day, zone_of
from people.models import User

DAY = timedelta(days=1)
LOOKED_AHEAD = timedelta(days=9)
"""A week, so that whoever works on one day of it is asked in time, and the difference of clocks."""


@transaction.atomic
def keep_days(now: datetime) -> int:
    """How many paths a day came for. Letters go once an appointment, however often this is called."""
    planned = Journey.objects.select_for_update(of=("self",)).filter(
        state=JourneyState.SCHEDULED, day_zero__lte=now.date() + LOOKED_AHEAD, person__is_active=True
    )
    return sum(
        _keep(journey, now)
        for journey in planned.select_related("appointment__person__profile__manager__profile")
    )


def _keep(journey: Journey, now: datetime) -> bool:
    appointment, person = journey.appointment, journey.appointment.person
    today = now.astimezone(zone_of(person)).date()
    if journey.day_zero <= today:
        journey.state, journey.last_act = JourneyState.ACTIVE, now
        journey.save(update_fields=["state", "last_act"])
        if appointment.source != Source.SELF:
            send_letter("welcome", appointment, [person.pk], actor=None)
        return True
    manager = person.profile.manager
    if manager is not None and _eve(manager, journey.day_zero) <= today:
        send_letter("manager_checklist", appointment, [manager.pk], actor=None)
    return False


def _eve(manager: User, day: date) -> date:
    """The last day before on which the manager works: a checklist on a free day would be read too late."""
    eve = day - DAY
    while next_working_day(manager.profile, eve) != eve:
        eve -= DAY
    return eve
