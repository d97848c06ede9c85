"""Sends a published or archived lesson through review again: nobody finds it until two people have read it anew."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.choices import READABLE, ReviewAct, Status
from lessons.services.change import locked
from lessons.services.move import checked_words, move
from lessons.services.refusals import why_not_keep


@transaction.atomic
def reopen_lesson(*, lesson_id: int, actor: AbstractBaseUser, reason: str) -> bool:
    """Returns whether it changed anything; raises `ValidationError` without a reason or a right."""
    lesson = locked(lesson_id)
    if lesson.status == Status.SUBMITTED:
        return False
    if lesson.is_external or lesson.status not in READABLE:
        raise ValidationError(_("Only a published or archived lesson of ours can be reopened."))
    if refusal := why_not_keep(actor, lesson):
        raise ValidationError(refusal)
    return move(
        lesson,
        to=Status.SUBMITTED,
        act=ReviewAct.REOPENED,
        actor=actor,
        action="lesson.reopen",
        note=checked_words(reason, missing=_("Say why it has to be read again.")),
        fields={"submitted": timezone.now(), "screened": None, "screened_by_id": None, "published": None},
    )
