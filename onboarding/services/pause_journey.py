"""Pauses a path for leave, and takes it up again: what is open moves by the days of the pause, and mails are silent.

The pair with the mentor rests and goes on with it, which tells the mentor. A path that was put to sleep is taken up in the
same way; its days of silence are those of the pause.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.services.record import record
from mentoring.api import go_on_for, rest_for
from onboarding.choices import RESTING, JourneyState
from onboarding.letters import PAUSED, RESUMED, send_letter
from onboarding.models import Journey, Step
from people.api import next_working_day
from people.models import User


@transaction.atomic
def pause_journey(*, person: User, on: date) -> bool:
    """Whether a path is paused by this."""
    journey = (
        Journey.objects.select_for_update(of=("self",))
        .select_related("appointment")
        .filter(person=person, state=JourneyState.ACTIVE)
        .first()
    )
    if journey is None:
        return False
    journey.state, journey.paused_on, journey.last_act = JourneyState.PAUSED, on, timezone.now()
    journey.save(update_fields=["state", "paused_on", "last_act"])
    record(actor=person, action="journey.pause", target=journey)
    rest_for(mentee=person)
    _tell(journey, PAUSED)
    return True


@transaction.atomic
def resume_journey(*, person: User, on: date) -> int | None:
    """By how many days open steps moved; None where nothing was paused."""
    rows = Journey.objects.select_for_update(of=("self",)).select_related("appointment")
    journey = rows.filter(person=person, state__in=RESTING).first()
    if journey is None or journey.paused_on is None:
        return None
    before, since = journey.state, journey.paused_on
    days = max(0, (on - since).days)
    steps = list(Step.objects.undone().filter(journey=journey))
    for step in steps:
        step.due = next_working_day(person.profile, step.due + timedelta(days))
    Step.objects.bulk_update(steps, ["due"])
    journey.state, journey.paused_on, journey.last_act = JourneyState.ACTIVE, None, timezone.now()
    journey.days_paused += days
    journey.save(update_fields=["state", "paused_on", "days_paused", "last_act"])
    record(actor=person, action="journey.resume", target=journey, changes={"days": ("", days)})
    if before == JourneyState.PAUSED:
        go_on_for(mentee=person, since=since)
    _tell(journey, RESUMED)
    return days


def _tell(journey: Journey, key: str) -> None:
    """Each time, since a path may rest twice on one day."""
    occasion = journey.last_act.isoformat()
    send_letter(key, journey.appointment, [journey.person_id], actor=None, occasion=occasion)
