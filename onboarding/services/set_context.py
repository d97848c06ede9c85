"""Keeps what a person says of their alliances (step S1). Words and codes: nothing here opens an alliance.

A typed code name also asks for a place in the team of that alliance, silently: whether there is one shows in no answer.
The first alliance named is the lead, which picks the branches of the path.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from alliances.api import Duty, ask_membership
from core.services.record import record
from mentoring.api import look_for_mentor
from onboarding.models import AllianceAssignment, Journey
from onboarding.services.finish_step import finish_step
from people.models import User

CONTEXT = "S1"


@dataclass(frozen=True, slots=True)
class Described:
    """One alliance as the person describes it; codes of the vocabularies."""

    code_name: str
    alliance_type: str
    phase: str


@transaction.atomic
def set_context(
    *, person: User, alliances: Sequence[Described], takes_over_from: str, share_of_time: int | None
) -> bool:
    """Whether the person has a running path to keep it for. The step is done by this."""
    rows = Journey.objects.running().select_related("appointment").filter(person=person)
    journey = rows.first()
    if journey is None:
        return False
    appointment = journey.appointment
    appointment.takes_over_from, appointment.share_of_time = takes_over_from, share_of_time
    appointment.save(update_fields=["takes_over_from", "share_of_time"])
    appointment.assignments.all().delete()
    AllianceAssignment.objects.bulk_create(
        AllianceAssignment(
            appointment=appointment,
            code_name=one.code_name,
            alliance_type=one.alliance_type,
            phase=one.phase,
            is_lead=place == 0,
            created=timezone.now(),
        )
        for place, one in enumerate(alliances)
    )
    look_for_mentor(person=person)
    for one in alliances:
        ask_membership(person=person, code_name=one.code_name, duty=Duty.MANAGER)
    record(
        actor=person,
        action="journey.context",
        target=journey,
        private_fields=["alliances", "takes_over_from", "share_of_time"],
    )
    finish_step(person_id=person.pk, code=CONTEXT, kind="context", object_id=journey.pk)
    return True
