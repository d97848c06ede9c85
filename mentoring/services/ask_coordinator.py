"""Tells the coordinators that somebody looks for a mentor and finds none, without a request that failed before."""

from django.db import transaction

from core.services.record import record
from mentoring.models import MentorProfile
from mentoring.request_notices import tell_of_seeker
from people.models import User


@transaction.atomic
def ask_coordinator(*, mentee: User) -> None:
    """Once a day at most, however often it is pressed."""
    profile, _new = MentorProfile.objects.get_or_create(person=mentee)
    record(actor=mentee, action="mentoring.ask_coordinator", target=profile)
    tell_of_seeker(mentee)
