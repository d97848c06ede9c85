"""The person ticks a step of their own path with a line that says what they did."""

from django.db import transaction
from django.utils import timezone

from core.facts import JourneyCompleted, StepDone, publish
from core.services.record import record
from onboarding.choices import UNDONE, JourneyState, Owner, StepState
from onboarding.models import Journey, Step, StepEvidence
from people.models import User

LINE = "line"


@transaction.atomic
def tick_step(*, person: User, step_id: int, line: str) -> bool:
    """Whether the tick is new. Where the manager has to tick too, the step is done once both have."""
    rows = Step.objects.select_for_update(of=("self",)).select_related("template", "journey")
    step = rows.filter(pk=step_id, journey__person=person, state__in=UNDONE).first()
    if step is None or Owner.PERSON in step.ticks:
        return False
    now = timezone.now()
    step.ticks = [*step.ticks, Owner.PERSON.value]
    waits = Owner.MANAGER in step.template.owners and Owner.MANAGER not in step.ticks
    if not waits:
        step.state, step.done = StepState.DONE, now
        publish(StepDone(step_id=step.pk))
    step.save(update_fields=["ticks", "state", "done"])
    StepEvidence.objects.create(step=step, kind=LINE, line=line, created=now)
    Journey.objects.filter(pk=step.journey_id).update(last_act=now)
    record(actor=person, action="step.tick", target=step, changes={"state": ("", step.state)})
    complete(step.journey)
    return True


def complete(journey: Journey) -> None:
    """Ends the path with the last step that has to be done; what need not be is skipped then.

    Who looks locks the path first: of two who do the last of it at once, the second sees what the first did.
    """
    if not Journey.objects.select_for_update().filter(pk=journey.pk).first():
        return
    undone = Step.objects.undone().filter(journey=journey)
    if undone.filter(template__is_required=True).exists():
        return
    ended = Journey.objects.filter(pk=journey.pk).exclude(state=JourneyState.COMPLETED)
    if ended.update(state=JourneyState.COMPLETED, completed=timezone.now()):
        undone.update(state=StepState.SKIPPED)
        publish(JourneyCompleted(journey_id=journey.pk))
