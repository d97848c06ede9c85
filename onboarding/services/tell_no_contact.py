"""Tells coordinators from day ten of a path that its person has not talked with a mentor yet, once a path.

What was told is kept with the nudges, but takes no place of anybody's week. Safe to call at any time, and by two workers at
once.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from mentoring.api import coordinators_for, talked_among
from onboarding.choices import JourneyState
from onboarding.letters import NO_CONTACT, send_letter
from onboarding.models import Journey, Nudge
from people.api import zone_of

FIRST_DAY, LAST_DAY = 10, 14
"""Some days, so that a worker that stood still misses nobody; after them the figures of the pair speak."""


def tell_no_contact(now: datetime) -> int:
    """How many letters were written. A path that is paused is left alone."""
    rows = Journey.objects.filter(
        ~Exists(Nudge.objects.filter(journey=OuterRef("pk"), letter=NO_CONTACT)),
        state=JourneyState.ACTIVE,
        person__is_active=True,
        day_zero__gte=now.date() - timedelta(days=LAST_DAY),
        day_zero__lte=now.date() - timedelta(days=FIRST_DAY - 2),
    ).select_related("appointment", "person__profile")
    due = [one for one in rows if FIRST_DAY <= _day(one, now) <= LAST_DAY]
    talked = talked_among([one.person_id for one in due])
    return sum(_tell(one, now) for one in due if one.person_id not in talked)


@transaction.atomic
def _tell(journey: Journey, now: datetime) -> int:
    Journey.objects.select_for_update().get(pk=journey.pk)
    if Nudge.objects.filter(journey=journey, letter=NO_CONTACT).exists():
        return 0
    told = coordinators_for(journey.person)
    Nudge.objects.bulk_create(
        Nudge(person_id=one, journey=journey, letter=NO_CONTACT, by_mail=False, sent=now) for one in told
    )
    return send_letter(NO_CONTACT, journey.appointment, told, actor=None)


def _day(journey: Journey, now: datetime) -> int:
    return journey.day(now.astimezone(zone_of(journey.person)).date())
