"""Keeps what a person says of their alliances (step S1). Words and codes: nothing here opens an alliance.

A typed code name also asks for a place in the team of that alliance, silently: whether there is one shows in no answer.
The lead alliance, which picks the branches of the path, has the highest tier; of equal ones it is the first named.
Whoever answers also says yes to what the company's sign-in tells of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from alliances.api import Duty, alliances_of, ask_membership
from core.models import Term, Vocabulary
from core.services.record import record
from mentoring.api import look_for_mentor
from onboarding.models import AllianceAssignment, Journey
from onboarding.services.answer_claim import answer_claim
from onboarding.services.finish_step import finish_step
from people.models import User

CONTEXT = "S1"


@dataclass(frozen=True, slots=True)
class Described:
    """One alliance as the person describes it; codes of the vocabularies."""

    code_name: str
    alliance_type: str
    phase: str
    tier: str = ""


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
    tiers = _tiers(person, alliances)
    lead = tiers.index(min(tiers)) if tiers else 0
    AllianceAssignment.objects.bulk_create(
        AllianceAssignment(
            appointment=appointment,
            code_name=one.code_name,
            alliance_type=one.alliance_type,
            phase=one.phase,
            tier=one.tier,
            is_lead=place == lead,
            created=timezone.now(),
        )
        for place, one in enumerate(alliances)
    )
    answer_claim(person=person, is_right=True)
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


def _tiers(person: User, alliances: Sequence[Described]) -> list[int]:
    """The rank of each, the highest first; where the person did not say, that of a team they are confirmed in."""
    ranks = {code: rank for rank, code in enumerate(Term.objects.labels(Vocabulary.TIER))}
    known = {one.code_name.casefold(): one.tier for one in alliances_of(person.pk)}
    codes = [one.tier or known.get(one.code_name.casefold(), "") for one in alliances]
    return [ranks.get(code, len(ranks)) for code in codes]
