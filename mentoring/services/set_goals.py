"""Sets one to three goals of a pair, with how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.services.record import record
from mentoring.models import Goal
from mentoring.services.pair_checks import NUL, locked_pair
from people.models import User

MOST = 3
DONE = 100


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal as somebody wrote it."""

    title: str
    measure: str
    progress: int = 0


@transaction.atomic
def set_goals(*, actor: User, mentorship_id: int, goals: Sequence[GoalText]) -> None:
    """Writes the goals in their order; what is not among them any more is dropped."""
    pair = locked_pair(actor, mentorship_id)
    if len(goals) > MOST:
        raise ValidationError(_("Three goals at most."))
    if any(NUL in goal.title + goal.measure or not 0 <= goal.progress <= DONE for goal in goals):
        raise ValidationError(_("Write each goal as plain text, its progress from 0 to 100."))
    known = list(Goal.objects.filter(mentorship=pair).order_by("pk"))
    for place, text in enumerate(goals):
        goal = known[place] if place < len(known) else Goal(mentorship=pair, created=timezone.now())
        goal.title, goal.measure, goal.progress = text.title, text.measure, text.progress
        goal.save()
    Goal.objects.filter(pk__in=[goal.pk for goal in known[len(goals) :]]).delete()
    record(actor=actor, action="goals.set", target=pair, private_fields=["goals"])
