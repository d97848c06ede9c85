"""Pauses a mentorship and goes on with it. The days of the pause are added to its end; nothing is held against it."""

from datetime import timedelta

from django.db import transaction

from core.services.record import record
from mentoring.choices import PairState
from mentoring.days import current_day
from mentoring.pair_notices import tell_pair
from mentoring.services.pair_checks import locked_pair
from people.models import User


@transaction.atomic
def pause_pair(*, actor: User, mentorship_id: int) -> bool:
    """False where it is paused already. No reason is asked for."""
    pair = locked_pair(actor, mentorship_id)
    if pair.state == PairState.PAUSED:
        return False
    pair.state, pair.paused_on = PairState.PAUSED, current_day()
    pair.save(update_fields=["state", "paused_on"])
    record(actor=actor, action="mentorship.pause", target=pair)
    tell_pair(pair, "pair_paused", actor=actor, key=f"paused:{pair.pk}:{pair.paused_on}")
    return True


@transaction.atomic
def resume_pair(*, actor: User, mentorship_id: int) -> bool:
    """False where it is not paused."""
    pair = locked_pair(actor, mentorship_id)
    if pair.state != PairState.PAUSED:
        return False
    today = current_day()
    first = pair.paused_on or today
    days = (today - first).days
    pair.due_end += timedelta(days=days)
    pair.paused_days += days
    pair.pauses = [*pair.pauses, [first.isoformat(), today.isoformat()]]
    pair.state, pair.paused_on, pair.resumed_on = PairState.ACTIVE, None, today
    pair.save(update_fields=["state", "paused_on", "resumed_on", "paused_days", "pauses", "due_end"])
    record(actor=actor, action="mentorship.resume", target=pair)
    tell_pair(pair, "pair_resumed", actor=actor, key=f"resumed:{pair.pk}:{today}")
    return True
