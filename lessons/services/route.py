"""Sends a published lesson to the owner of a play, who takes it up or says why not."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audiences import tokens_of
from lessons.choices import Uptake
from lessons.deadlines import embedding_due
from lessons.models import Lesson, LessonRoute
from lessons.rules import may_route
from lessons.services.change import locked
from lessons.services.uptake import tell_route
from playbook.models import PlayPage


@transaction.atomic
def route_lesson(*, lesson_id: int, play_id: int, actor: AbstractBaseUser, step_key: str = "") -> bool:
    """Returns whether it was not there before; raises `ValidationError` where it cannot go there."""
    lesson = locked(lesson_id)
    if not may_route(actor, lesson):
        raise ValidationError(
            _("Only a published lesson of ours can be sent to a play, by stewards and facilitators.")
        )
    play = PlayPage.objects.visible_to(actor).select_related("play_owner").filter(pk=play_id).first()
    if play is None:
        raise ValidationError(_("Choose a play."))
    _check_owner(lesson, play)
    route, made = LessonRoute.objects.get_or_create(
        lesson=lesson,
        play_id=play.pk,
        defaults={
            "step_key": step_key,
            "due": embedding_due(timezone.localdate()),
            "routed_by_id": actor.pk,
        },
    )
    if made:
        tell_route(route, actor=actor, action="lesson.route", raises_to=Uptake.ROUTED)
    return made


def _check_owner(lesson: Lesson, play: PlayPage) -> None:
    """An owner who may not read the lesson could never answer."""
    owner = play.play_owner
    if owner is not None and owner.is_active and lesson.audience not in tokens_of(owner):
        raise ValidationError(
            _(
                "The owner of %(code)s may not read this lesson. Choose another play, or open the lesson to more people."
            ),
            params={"code": play.code or play.title},
        )
