"""Says whether a lesson helped, and why not. One vote a person, which they may change; nobody else learns whose it is."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.services.record import record
from lessons.choices import WhyNot
from lessons.models import LessonVote
from lessons.services.change import locked
from lessons.services.counting import settle_counts
from lessons.services.use import check_may_respond


@transaction.atomic
def vote(
    *,
    lesson_id: int,
    person: AbstractBaseUser,
    helpful: bool,
    why_not: WhyNot | None = None,
    note: str = "",
) -> bool:
    """Returns whether it changed anything; raises `ValidationError` for a no without a why."""
    lesson = locked(lesson_id)
    check_may_respond(lesson, person)
    if not helpful and why_not is None:
        raise ValidationError(_("Say why it did not help, so that it can be mended."))
    values = {
        "helpful": helpful,
        "why_not": "" if helpful or why_not is None else why_not.value,
        "note": "" if helpful else note.strip(),
    }
    known = LessonVote.objects.filter(lesson=lesson, person_id=person.pk)
    if known.filter(**values).exists():
        return False
    LessonVote.objects.update_or_create(lesson=lesson, person_id=person.pk, defaults=values)
    record(actor=person, action="lesson.vote", target=lesson, private_fields=["helpful", "why_not"])
    settle_counts(lesson)
    return True
