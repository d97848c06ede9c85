"""The manager's half of the talk about objectives: done once both have ticked it."""

from django.db import transaction
from django.utils import timezone

from core.facts import StepDone, publish
from core.services.record import record
from onboarding.choices import RUNNING, UNDONE, Owner, StepState
from onboarding.models import Step
from onboarding.reading.manager import TALK_STEP
from onboarding.services.tick_step import complete
from people.models import User


@transaction.atomic
def tick_talk(*, manager: User, person_id: int) -> bool:
    """Whether the tick is new. Callers have checked that the person is the manager's."""
    rows = (
        Step.objects.select_for_update(of=("self",))
        .select_related("journey")
        .filter(
            journey__person=person_id,
            journey__state__in=RUNNING,
            template__code=TALK_STEP,
            state__in=UNDONE,
        )
    )
    step = rows.first()
    if step is None or Owner.MANAGER in step.ticks:
        return False
    step.ticks = [*step.ticks, Owner.MANAGER.value]
    if Owner.PERSON in step.ticks:
        step.state, step.done = StepState.DONE, timezone.now()
        publish(StepDone(step_id=step.pk))
    step.save(update_fields=["ticks", "state", "done"])
    record(actor=manager, action="step.tick", target=step, changes={"state": ("", step.state)})
    complete(step.journey)
    return True
