"""Ticks a step because the real thing happened. Safe to call again: the act is evidence once, a done step stays done."""

from django.db import transaction
from django.utils import timezone

from core.facts import StepDone, publish
from core.services.record import record
from onboarding.choices import RUNNING, UNDONE, UNTOLD, Owner, StepState
from onboarding.models import Journey, Step, StepEvidence
from onboarding.services.tick_step import complete


@transaction.atomic
def finish_step(*, person_id: int, code: str, kind: str, object_id: int, by_clock: bool = False) -> bool:
    """Whether the step of the person's running path is done by this. What the clock does is no act of theirs."""
    rows = Step.objects.select_for_update(of=("self",)).select_related("template", "journey")
    step = rows.filter(
        journey__person=person_id, journey__state__in=RUNNING, template__code=code, state__in=UNDONE
    ).first()
    if step is None:
        return False
    now = timezone.now()
    StepEvidence.objects.get_or_create(
        step=step, kind=kind, object_id=object_id, code="", defaults={"by_itself": True, "created": now}
    )
    step.ticks = sorted({*step.ticks, Owner.PERSON.value})
    step.state, step.done = StepState.DONE, now
    step.save(update_fields=["ticks", "state", "done"])
    if not by_clock:
        Journey.objects.filter(pk=step.journey_id).update(last_act=now)
    if code not in UNTOLD:
        record(actor=None, action="step.finish", target=step, changes={"state": ("", step.state)})
    publish(StepDone(step_id=step.pk))
    complete(step.journey)
    return True


@transaction.atomic
def unlock_step(*, person_id: int, code: str) -> bool:
    """Opens a step that waited for another, as the first talk waits for a mentor."""
    locked = Step.objects.filter(
        journey__person=person_id,
        journey__state__in=RUNNING,
        template__code=code,
        state=StepState.LOCKED,
    )
    return bool(locked.update(state=StepState.OPEN))
