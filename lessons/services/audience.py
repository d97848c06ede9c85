"""Changes who may read a lesson. A narrowing holds at once, in search too, before any index has caught up."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.audiences import tokens_of
from core.services.check_audience import check_audience
from lessons.permissions import may_edit
from lessons.services.change import change, locked


@transaction.atomic
def change_audience(
    *, lesson_id: int, audience: str, actor: AbstractBaseUser | None, reason: str = ""
) -> bool:
    """Returns whether it changed anything; raises `ValidationError` for a token nobody, or not even the actor, can hold."""
    check_audience(audience)
    lesson = locked(lesson_id)
    if actor is not None and not (may_edit(actor, lesson) and audience in tokens_of(actor)):
        raise ValidationError(_("Stewards and facilitators do that, for people they belong to themselves."))
    return change(
        lesson,
        actor=actor,
        action="lesson.audience",
        fields={"audience": audience},
        reason=reason,
    )
