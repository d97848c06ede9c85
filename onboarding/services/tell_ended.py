"""Tells the person and their manager that a path is completed, once each."""

from django.db import transaction

from onboarding.letters import CLOSING, CLOSING_MANAGER, send_letter
from onboarding.models import Journey


@transaction.atomic
def tell_ended(*, journey_id: int) -> None:
    """Writes both letters; a person without a manager gets theirs alone."""
    rows = Journey.objects.select_related("appointment__person__profile")
    journey = rows.get(pk=journey_id)
    person = journey.appointment.person
    send_letter(CLOSING, journey.appointment, [person.pk], actor=None)
    manager = person.profile.manager_id
    if manager is not None:
        send_letter(CLOSING_MANAGER, journey.appointment, [manager], actor=None)
