"""What a day brings to appointments: the checklist for the manager on the eve, the beginning of a path that was planned."""

from datetime import datetime, timedelta

from django.db import transaction

from onboarding.choices import JourneyState, Source
from onboarding.letters import send_letter
from onboarding.models import Journey
from people.api import zone_of

DAY = timedelta(days=1)


@transaction.atomic
def keep_days(now: datetime) -> int:
    """How many paths a day came for. Letters go once an appointment, however often this is called."""
    planned = Journey.objects.select_for_update(of=("self",)).filter(
        state=JourneyState.SCHEDULED, day_zero__lte=now.date() + 2 * DAY, person__is_active=True
    )
    return sum(_keep(journey, now) for journey in planned.select_related("appointment__person__profile"))


def _keep(journey: Journey, now: datetime) -> bool:
    appointment, person = journey.appointment, journey.appointment.person
    today = now.astimezone(zone_of(person)).date()
    if journey.day_zero <= today:
        journey.state, journey.last_act = JourneyState.ACTIVE, now
        journey.save(update_fields=["state", "last_act"])
        if appointment.source != Source.SELF:
            send_letter("welcome", appointment, [person.pk], actor=None)
        return True
    manager = person.profile.manager_id
    if journey.day_zero - DAY <= today and manager is not None:
        send_letter("manager_checklist", appointment, [manager], actor=None)
    return False
