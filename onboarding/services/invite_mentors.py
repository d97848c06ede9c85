"""Asks people once, 18 months after their path, whether they would mentor: who still does the work and does not mentor yet."""

from calendar import monthrange
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from core.services.record import record
from mentoring.api import mentors_among
from onboarding.choices import OPEN_APPOINTMENTS, JourneyState
from onboarding.letters import INVITATION, send_letter
from onboarding.models import Journey, Nudge
from onboarding.week import week_has_room
from people.models import User

MONTHS = 18


def invite_mentors(now: datetime) -> int:
    """How many were asked. Whose week is full of mails is asked later."""
    asked = Nudge.objects.filter(person=OuterRef("person"), letter=INVITATION)
    rows = Journey.objects.filter(
        ~Exists(asked),
        state=JourneyState.COMPLETED,
        completed__lte=months_before(now, MONTHS),
        appointment__state__in=OPEN_APPOINTMENTS,
        person__is_active=True,
    )
    journeys = {journey.person_id: journey for journey in rows.select_related("appointment", "person")}
    for person in mentors_among(journeys):
        del journeys[person]
    return sum(_invite(one, now) for one in journeys.values() if week_has_room(one.person, now))


@transaction.atomic
def _invite(journey: Journey, now: datetime) -> bool:
    User.objects.get_queryset().select_for_update().get(pk=journey.person_id)
    if Nudge.objects.filter(person=journey.person_id, letter=INVITATION).exists():
        return False
    send_letter(INVITATION, journey.appointment, [journey.person_id], actor=None, now=now)
    record(actor=None, action="journey.invite_mentor", target=journey)
    return True


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and time so many calendar months earlier; the last of a month that is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))
