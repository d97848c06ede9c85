"""Tells the person, their manager and their mentor that a path is completed, once each."""

from django.db import transaction

from onboarding.letters import CLOSING, CLOSING_MANAGER, CLOSING_MENTOR, send_letter
from onboarding.mentor_closing import mentors_of
from onboarding.models import Journey


@transaction.atomic
def tell_ended(*, journey_id: int) -> None:
    """Writes the letters; of who has no manager or no mentor, theirs alone."""
    rows = Journey.objects.select_related("appointment__person__profile")
    journey = rows.get(pk=journey_id)
    person = journey.appointment.person
    send_letter(CLOSING, journey.appointment, [person.pk], actor=None)
    manager = person.profile.manager_id
    if manager is not None:
        send_letter(CLOSING_MANAGER, journey.appointment, [manager], actor=None)
    send_letter(CLOSING_MENTOR, journey.appointment, sorted(mentors_of(journey)), actor=None)
