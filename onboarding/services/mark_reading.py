"""Marks one piece of the core reading with a line on what its reader will use. The step ticks itself with the fifth.

Where the reader can open fewer than five, those are enough: nobody waits for what they may not see.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from core.services.record import record
from onboarding.branches import CORE_READING
from onboarding.choices import RUNNING, JourneyState
from onboarding.models import Journey, Step, StepEvidence
from onboarding.services.finish_step import finish_step
from people.models import User

READING = "reading"
NEEDED = 5


@transaction.atomic
def mark_reading(*, person: User, code: str, line: str, codes: Collection[str]) -> bool:
    """Whether it is marked. `codes` are those of the person's list; another line for the same code takes its place."""
    shown = (*RUNNING, JourneyState.COMPLETED)
    rows = Step.objects.select_for_update(of=("self",)).select_related("journey", "template")
    step = (
        rows.filter(journey__person=person, journey__state__in=shown, template__code=CORE_READING)
        .order_by("-journey__day_zero", "-pk")
        .first()
    )
    if step is None or code not in codes:
        return False
    now = timezone.now()
    StepEvidence.objects.update_or_create(
        step=step, kind=READING, code=code, object_id=0, defaults={"line": line, "created": now}
    )
    Journey.objects.filter(pk=step.journey_id).update(last_act=now)
    record(
        actor=person, action="step.read", target=step, changes={"code": ("", code)}, private_fields=["line"]
    )
    if len(lines_of(step).keys() & set(codes)) >= min(NEEDED, len(codes)):
        finish_step(person_id=person.pk, code=CORE_READING, kind="readings", object_id=step.pk)
    return True


def lines_of(step: Step) -> dict[str, str]:
    """What was marked, by code."""
    return dict(StepEvidence.objects.filter(step=step, kind=READING).values_list("code", "line"))
