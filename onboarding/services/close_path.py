"""The last step: the self-check once more, and what came of the ninety days with how the pair goes on. Done once both are there.

The note is read by its person and their mentor; the audit trail knows that it was written.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.services.record import record
from onboarding.choices import RUNNING, UNDONE
from onboarding.models import Journey, Step, StepEvidence
from onboarding.services.finish_step import finish_step
from people.models import User

CLOSE = "S14"
CHECKED, TOLD = "self_check", "outcome"
CLOSING_DAY = 60
"""From this day on another self-check is the one at the end; before, it is one more look."""


@transaction.atomic
def keep_last_check(*, person_id: int) -> bool:
    """Whether the path has a last step that this self-check belongs to. What was rated is read by nobody."""
    step = _locked(person_id)
    if step is None:
        return False
    _show(step, CHECKED)
    return True


@transaction.atomic
def keep_outcome(*, person: User, outcome: str, goes_on: str) -> bool:
    """Whether it is kept. It can be changed until the step is done."""
    step = _locked(person.pk)
    if step is None:
        return False
    journey = step.journey
    before = journey.goes_on
    journey.outcome, journey.goes_on, journey.last_act = outcome, goes_on, timezone.now()
    journey.save(update_fields=["outcome", "goes_on", "last_act"])
    record(
        actor=person,
        action="journey.outcome",
        target=journey,
        changes={"goes_on": (before, goes_on)},
        private_fields=["outcome"],
    )
    _show(step, TOLD)
    return True


def told_on(step: Step) -> datetime | None:
    """When what came of it was written as it stands."""
    return StepEvidence.objects.filter(step=step, kind=TOLD).values_list("created", flat=True).first()


def shown_of(step: Step) -> set[str]:
    """Which of the two are there."""
    kinds = StepEvidence.objects.filter(step=step, kind__in=(CHECKED, TOLD))
    return set(kinds.values_list("kind", flat=True))


def _show(step: Step, kind: str) -> None:
    StepEvidence.objects.update_or_create(
        step=step,
        kind=kind,
        object_id=step.journey_id,
        code="",
        defaults={"by_itself": kind == CHECKED, "created": timezone.now()},
    )
    Journey.objects.filter(pk=step.journey_id).update(last_act=timezone.now())
    if shown_of(step) == {CHECKED, TOLD}:
        finish_step(person_id=step.journey.person_id, code=CLOSE, kind="closing", object_id=step.journey_id)


def _locked(person_id: int) -> Step | None:
    rows = Step.objects.select_for_update(of=("self",)).select_related("journey", "template")
    return rows.filter(
        journey__person=person_id, journey__state__in=RUNNING, template__code=CLOSE, state__in=UNDONE
    ).first()
