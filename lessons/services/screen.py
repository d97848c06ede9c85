"""Screens a lesson: it is ours to tell, names nobody and is worth a peer's time."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from lessons.choices import ReviewAct, Status
from lessons.services.change import locked
from lessons.services.move import checked_words, move
from lessons.services.refusals import why_not_screen


@transaction.atomic
def screen_lesson(*, lesson_id: int, actor: AbstractBaseUser, note: str = "") -> bool:
    """Returns whether it changed anything; raises `ValidationError` where the actor may not screen it."""
    lesson = locked(lesson_id)
    if lesson.status == Status.SCREENED and lesson.screened_by_id == actor.pk:
        return False
    if refusal := why_not_screen(actor, lesson):
        raise ValidationError(refusal)
    return move(
        lesson,
        to=Status.SCREENED,
        act=ReviewAct.SCREENED,
        actor=actor,
        action="lesson.screen",
        note=checked_words(note),
        fields={"screened": timezone.now(), "screened_by_id": actor.pk},
    )
