"""Publishes a lesson: a peer has validated it, and from then on everybody in its audience finds it.

An external lesson needs no peer: its source answers for it. Who runs a command (`actor` is None) is nobody's peer, so the
rules about persons ask nothing of it; what the lesson itself lacks stops everybody.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import facts
from lessons.choices import ReviewAct, Status
from lessons.models import Lesson
from lessons.services.change import locked
from lessons.services.move import checked_words, move
from lessons.services.refusals import missing_to_publish, why_not_keep, why_not_validate


@transaction.atomic
def publish_lesson(*, lesson_id: int, actor: AbstractBaseUser | None, reason: str = "") -> bool:
    """Returns whether it changed anything; raises `ValidationError` with everything that stands in the way."""
    lesson = locked(lesson_id)
    if lesson.status == Status.PUBLISHED:
        return False
    check_publishable(lesson, actor=actor)
    move(
        lesson,
        to=Status.PUBLISHED,
        act=ReviewAct.VALIDATED,
        actor=actor,
        action="lesson.publish",
        note=checked_words(reason),
        fields={"published": timezone.now()},
    )
    facts.publish(facts.LessonPublished(lesson_id=lesson.pk))
    return True


def check_publishable(lesson: Lesson, *, actor: AbstractBaseUser | None) -> None:
    """Raises every reason at once."""
    reasons = missing_to_publish(lesson)
    if actor is not None:
        refusal = why_not_keep(actor, lesson) if lesson.is_external else why_not_validate(actor, lesson)
        reasons += [refusal] if refusal else []
    if reasons:
        raise ValidationError(reasons)
