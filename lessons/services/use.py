"""Records that somebody used a lesson and what came of it.

People use a lesson more than once, so each use is a row; the same words sent again within five minutes, as by a double
click, are the use that is already there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.models import Term
from core.services.record import record
from lessons.choices import Status, UseOutcome
from lessons.models import Lesson, LessonUse
from lessons.rules import may_respond
from lessons.services.change import locked
from lessons.services.counting import settle_counts

SAME_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where it was, and a line about it."""

    alliance_type: Term | None = None
    phase: Term | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """What it saved, as far as the reader knows."""

    days: int | None = None
    money_musd: Decimal | None = None


ANYWHERE = Circumstances()
NOTHING = Saving()


@transaction.atomic
def use_lesson(
    *,
    lesson_id: int,
    person: AbstractBaseUser,
    outcome: UseOutcome,
    where: Circumstances = ANYWHERE,
    saving: Saving = NOTHING,
) -> bool:
    """Returns whether it made a use; raises `ValidationError` for one's own lesson or one that is not published."""
    lesson = locked(lesson_id)
    check_may_respond(lesson, person)
    values = {
        "outcome": outcome,
        "alliance_type": where.alliance_type,
        "phase": where.phase,
        "note": where.note.strip(),
        "saved_days": saving.days,
        "saved_money_musd": saving.money_musd,
    }
    if _is_told_already(lesson, person, values):
        return False
    use = LessonUse.objects.create(lesson=lesson, person_id=person.pk, **values)
    record(actor=person, action="lesson.use", target=lesson, changes={"outcome": ("", outcome)})
    settle_counts(lesson)
    facts.publish(facts.LessonUsed(lesson_id=lesson.pk, use_id=use.pk))
    return True


def check_may_respond(lesson: Lesson, person: AbstractBaseUser) -> None:
    """Refuses what is not published any more, or is one's own."""
    if lesson.status == Status.ARCHIVED:
        raise ValidationError(_("This lesson was archived meanwhile, so nothing is added to it."))
    if not may_respond(person, lesson):
        raise ValidationError(_("You can tell of published lessons that are not your own."))


def _is_told_already(lesson: Lesson, person: AbstractBaseUser, values: Mapping[str, object]) -> bool:
    lately = LessonUse.objects.filter(
        lesson=lesson, person_id=person.pk, created__gte=timezone.now() - SAME_WITHIN
    )
    return lately.filter(**values).exists()
