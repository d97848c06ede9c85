"""Gives a lesson back to its author, with a reason they can act on."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lessons.choices import ReviewAct, Status
from lessons.services.change import locked
from lessons.services.move import checked_words, move
from lessons.services.refusals import why_not_return


@transaction.atomic
def return_lesson(*, lesson_id: int, actor: AbstractBaseUser, reason: str) -> bool:
    """Returns whether it changed anything; raises `ValidationError` without a reason or a right."""
    lesson = locked(lesson_id)
    if lesson.status == Status.RETURNED:
        return False
    if refusal := why_not_return(actor, lesson):
        raise ValidationError(refusal)
    return move(
        lesson,
        to=Status.RETURNED,
        act=ReviewAct.RETURNED,
        actor=actor,
        action="lesson.return",
        note=checked_words(reason, missing=_("Say what the author should change.")),
        fields={"screened": None, "screened_by_id": None},
    )
