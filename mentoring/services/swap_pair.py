"""Gives a mentee of a draft another mentor by hand; where that mentor has no place left, two mentees trade mentors."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.services.record import record
from mentoring.models import Candidate, MatchRun
from mentoring.reading.swaps import Swap, swaps_of
from mentoring.services.publish_round import held_draft
from people.models import User


@transaction.atomic
def swap_pair(*, actor: User, run_id: int, version: int, mentee_id: int, mentor_id: int) -> None:
    """Raises `RoundChanged` for a stale draft, ValidationError for a mentor who cannot be or has a part for the actor."""
    run = held_draft(actor, run_id, version)
    found = [one for one in swaps_of(run, mentee_id, actor) if one.mentor == mentor_id]
    if not found:
        raise ValidationError(_("This mentor is not available for this pairing at present."))
    _write(run, found[0])
    run.version += 1
    run.save(update_fields=["version"])
    record(actor=actor, action="mentoring.round_swap", target=run)


def _write(run: MatchRun, swap: Swap) -> None:
    for mentee, mentor, points in swap.pairs:
        Candidate.objects.filter(run=run, mentee=mentee).delete()
        Candidate.objects.create(
            run=run,
            mentee_id=mentee,
            mentor_id=mentor,
            score=sum(points.values()),
            breakdown=points,
            by_hand=True,
            created=timezone.now(),
        )
