"""Archives a lesson: still readable and linked, no longer in lists and in the default search."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lessons.choices import READABLE, Status
from lessons.services.change import change, locked


@transaction.atomic
def archive_lesson(*, lesson_id: int, actor: AbstractBaseUser | None, reason: str = "") -> bool:
    """Returns whether it changed anything; a lesson that was never published is refused."""
    lesson = locked(lesson_id)
    if lesson.status not in READABLE:
        raise ValidationError(_("Only a published lesson can be archived."))
    return change(
        lesson,
        actor=actor,
        action="lesson.archive",
        fields={"status": Status.ARCHIVED},
        reason=reason,
    )
