"""Archives a lesson: still readable and linked, no longer in lists and in the default search."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lessons.choices import ReviewAct, Status
from lessons.services.change import locked
from lessons.services.move import checked_words, move
from lessons.services.refusals import why_not_keep


@transaction.atomic
def archive_lesson(*, lesson_id: int, actor: AbstractBaseUser | None, reason: str = "") -> bool:
    """Returns whether it changed anything; a lesson that was never published is refused."""
    lesson = locked(lesson_id)
    if lesson.status == Status.ARCHIVED:
        return False
    if lesson.status != Status.PUBLISHED:
        raise ValidationError(_("Only a published lesson can be archived."))
    if actor is not None and (refusal := why_not_keep(actor, lesson)):
        raise ValidationError(refusal)
    return move(
        lesson,
        to=Status.ARCHIVED,
        act=ReviewAct.ARCHIVED,
        actor=actor,
        action="lesson.archive",
        note=checked_words(reason),
    )
