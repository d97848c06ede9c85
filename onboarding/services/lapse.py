"""Puts a path to sleep on which nothing happened for 60 days, and tells its person once, kindly.

No step done, no page of the path opened, no talk with the mentor. A path that is paused for leave never falls asleep. The
days of silence count like leave: who takes it up again goes on where they stopped (`resume_journey`). A pair that was silent
for as long ends with it, so that the mentor has a place for somebody else.
"""

from datetime import datetime, timedelta

from django.db import transaction

from core.services.record import record
from mentoring.api import release_silent
from onboarding.choices import JourneyState
from onboarding.letters import LAPSED, send_letter
from onboarding.models import Journey
from onboarding.week import week_has_room
from people.api import zone_of

SILENT = timedelta(days=60)
A_DAY = timedelta(days=1)


def lapse_silent(now: datetime) -> int:
    """How many paths fell asleep. Whose week is full of mails sleeps later."""
    rows = Journey.objects.filter(
        state=JourneyState.ACTIVE, last_act__lt=now - SILENT, person__is_active=True
    ).select_related("person")
    return sum(_lapse(journey, now) for journey in rows if week_has_room(journey.person, now))


@transaction.atomic
def _lapse(seen: Journey, now: datetime) -> bool:
    rows = Journey.objects.select_for_update(of=("self",)).select_related("appointment", "person__profile")
    journey = rows.filter(pk=seen.pk, state=JourneyState.ACTIVE, last_act__lt=now - SILENT).first()
    if journey is None:
        return False
    journey.paused_on = journey.last_act.astimezone(zone_of(journey.person)).date()
    journey.state = JourneyState.LAPSED
    journey.save(update_fields=["state", "paused_on"])
    record(actor=None, action="journey.lapse", target=journey)
    release_silent(mentee_id=journey.person_id, since=journey.paused_on)
    occasion = journey.paused_on.isoformat()
    send_letter(LAPSED, journey.appointment, [journey.person_id], actor=None, occasion=occasion)
    return True


def note_visit(journey: Journey, now: datetime) -> None:
    """Its person has opened the path. Written once a day at most."""
    if journey.state == JourneyState.ACTIVE and journey.last_act < now - A_DAY:
        Journey.objects.filter(pk=journey.pk, last_act__lt=now - A_DAY).update(last_act=now)


def note_talk(*, person_id: int, now: datetime) -> None:
    """Who talks with their mentor is not silent."""
    Journey.objects.filter(person=person_id, state=JourneyState.ACTIVE).update(last_act=now)
