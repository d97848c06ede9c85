"""Publishes a lesson: from then on everybody in its audience finds it."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import facts
from lessons.choices import Status
from lessons.models import Lesson
from lessons.services.change import change, locked

QUALITY_TO_PUBLISH = 4


@transaction.atomic
def publish_lesson(*, lesson_id: int, actor: AbstractBaseUser | None, reason: str = "") -> bool:
    """Returns whether it changed anything; raises `ValidationError` with what is missing."""
    lesson = locked(lesson_id)
    if lesson.status == Status.PUBLISHED:
        return False
    check_publishable(lesson, actor=actor)
    change(
        lesson,
        actor=actor,
        action="lesson.publish",
        fields={"status": Status.PUBLISHED},
        reason=reason,
    )
    facts.publish(facts.LessonPublished(lesson_id=lesson.pk))
    return True


def check_publishable(lesson: Lesson, *, actor: AbstractBaseUser | None) -> None:
    """Raises every reason at once, so that nobody has to try three times."""
    missing = []
    if not lesson.is_external and lesson.quality < QUALITY_TO_PUBLISH:
        missing.append(
            _("The quality is %(quality)s of 5; %(needed)s are needed.")
            % {"quality": lesson.quality, "needed": QUALITY_TO_PUBLISH}
        )
    if not lesson.is_external and not lesson.recommendation.strip():
        missing.append(_("It does not say what to do."))
    if actor is not None and actor.pk == lesson.author_id:
        missing.append(_("Somebody other than its author has to publish it."))
    if missing:
        raise ValidationError(missing)
