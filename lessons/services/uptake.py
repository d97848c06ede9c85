"""What a route means for its lesson: how far practice has changed, audited, and told to the other rooms.

Uptake only rises, with one exception: when the last owner who was asked has said no, the lesson waits nowhere.
"""

from django.contrib.auth.models import AbstractBaseUser

from core import facts
from core.services.record import record
from lessons.choices import RouteState, Uptake
from lessons.models import Lesson, LessonRoute
from lessons.services.change import change

ORDER = list(Uptake)


def locked_route(route_id: int) -> LessonRoute:
    """The route with its lesson, both locked until the transaction ends. Raises `LessonRoute.DoesNotExist`."""
    route = LessonRoute.objects.select_for_update().get(pk=route_id)
    route.lesson = Lesson.objects.select_for_update().get(pk=route.lesson_id)
    return route


def tell_route(
    route: LessonRoute,
    *,
    actor: AbstractBaseUser,
    action: str,
    raises_to: Uptake,
    reason: str = "",
) -> None:
    """Audits what happened to a route, settles the uptake of its lesson, and publishes the fact."""
    lesson = route.lesson
    place = f"play {route.play_id} step {route.step_key or '-'}"
    record(actor=actor, action=action, target=lesson, changes={"route": ("", place)}, reason=reason)
    change(lesson, actor=actor, action="lesson.uptake", fields={"uptake": _settled(lesson, raises_to)})
    facts.publish(facts.LessonRouted(lesson_id=lesson.pk, uptake=str(lesson.uptake), actor_id=actor.pk))


def _settled(lesson: Lesson, raises_to: Uptake) -> Uptake:
    now = Uptake(lesson.uptake)
    if raises_to == Uptake.NONE:
        waits = lesson.routes.filter(state=RouteState.OPEN).exists()
        return Uptake.NONE if now == Uptake.ROUTED and not waits else now
    return max(now, raises_to, key=ORDER.index)
