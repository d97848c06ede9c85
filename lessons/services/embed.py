"""Takes a lesson up in a play: the step cites it from now on, and a date is set to see whether that worked."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.choices import RouteState, Uptake
from lessons.deadlines import check_due
from lessons.models import Citation, CitationKind, LessonRoute
from lessons.route_rules import may_answer
from lessons.services.cite import cite_lesson
from lessons.services.uptake import locked_route, tell_route
from playbook.api import plays_by_id


@transaction.atomic
def embed_lesson(*, route_id: int, step_key: str, actor: AbstractBaseUser) -> bool:
    """Returns whether it changed anything; raises `ValidationError` for a step the play does not have."""
    route = locked_route(route_id)
    if route.state in (RouteState.EMBEDDED, RouteState.CHECKED) and route.step_key == step_key:
        return False
    if not may_answer(actor, route):
        raise ValidationError(_("The owner of the play answers, while the lesson waits there."))
    play = plays_by_id([route.play_id], actor).get(route.play_id)
    if play is None or step_key not in play.steps:
        raise ValidationError(_("Choose the step that changed."))
    _cite(route, step_key, actor)
    route.state, route.step_key, route.reason = RouteState.EMBEDDED, step_key, ""
    route.answered, route.due = timezone.now(), check_due(timezone.localdate())
    route.save(update_fields=["state", "step_key", "reason", "answered", "due"])
    tell_route(route, actor=actor, action="lesson.embed", raises_to=Uptake.EMBEDDED)
    return True


def _cite(route: LessonRoute, step_key: str, actor: AbstractBaseUser) -> None:
    """The step exists as it is because of the lesson, also where it was cited for less before."""
    cite_lesson(
        lesson=route.lesson,
        play_id=route.play_id,
        step_key=step_key,
        kind=CitationKind.SOURCE,
        actor=actor,
    )
    Citation.objects.filter(lesson=route.lesson, play_id=route.play_id, step_key=step_key).update(
        kind=CitationKind.SOURCE
    )
