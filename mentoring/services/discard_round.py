"""Takes a draft back. Its pairs and the names of who stayed alone go with it, since nobody was told; its figures stay."""

from django.db import transaction

from core.services.record import record
from mentoring.choices import RunState
from mentoring.models import Candidate
from mentoring.services.publish_round import held_draft
from people.models import User


@transaction.atomic
def discard_round(*, actor: User, run_id: int, version: int) -> None:
    """Raises `RoundChanged` where somebody changed, published or discarded it meanwhile."""
    run = held_draft(actor, run_id, version)
    Candidate.objects.filter(run=run).delete()
    run.state = RunState.DISCARDED
    run.stats = {name: figures for name, figures in run.stats.items() if name != "alone"}
    run.save(update_fields=["state", "stats"])
    record(actor=actor, action="mentoring.round_discard", target=run)
