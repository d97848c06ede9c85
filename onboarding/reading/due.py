"""What waits for somebody on running paths: their own steps, and the talks that are theirs as a manager. The three
questions of day 30 have letters of their own.

A path that is paused, asleep, over or not begun gives nothing, and neither does what somebody has ticked or what need
not be done.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from onboarding.choices import JourneyState, Owner, StepState
from onboarding.models import Step
from onboarding.reading.manager import TALK_STEP

SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One step that waits for one person."""

    step: Step
    recipient_id: int
    as_manager: bool


def due_by_person(today: date, *, people: Iterable[int] | None = None) -> dict[int, list[Due]]:
    """What is due tomorrow at the latest, by who has to do it, the longest waiting first. One query."""
    rows = Step.objects.filter(
        state=StepState.OPEN,
        journey__state=JourneyState.ACTIVE,
        journey__person__is_active=True,
        template__is_required=True,
        due__lte=today + SOON,
    )
    related = rows.select_related("template", "journey__person__profile", "journey__appointment")
    wanted = None if people is None else set(people)
    found: dict[int, list[Due]] = defaultdict(list)
    for step in related.order_by("due", "template__order"):
        for due in _of(step):
            if wanted is None or due.recipient_id in wanted:
                found[due.recipient_id].append(due)
    return found


def _of(step: Step) -> Iterable[Due]:
    owners = set(step.template.owners) - set(step.ticks)
    person = step.journey.person
    if Owner.PERSON in owners:
        yield Due(step, person.pk, as_manager=False)
    if Owner.MANAGER in owners and step.template.code == TALK_STEP and person.profile.manager_id:
        yield Due(step, person.profile.manager_id, as_manager=True)
