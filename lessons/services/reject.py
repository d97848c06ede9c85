"""Says that a play does not take a lesson up, and why: everybody who reads the lesson reads the reason."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.choices import RouteState, Uptake
from lessons.route_rules import may_answer
from lessons.services.move import checked_words
from lessons.services.uptake import locked_route, tell_route


@transaction.atomic
def reject_lesson(*, route_id: int, reason: str, actor: AbstractBaseUser) -> bool:
    """Returns whether it changed anything; raises `ValidationError` without a reason or a right."""
    route = locked_route(route_id)
    if route.state == RouteState.REJECTED:
        return False
    if not may_answer(actor, route):
        raise ValidationError(_("The owner of the play answers, while the lesson waits there."))
    route.reason = checked_words(
        reason, missing=_("Say why the play does not take it up. Everybody can read it.")
    )
    route.state, route.answered = RouteState.REJECTED, timezone.now()
    route.save(update_fields=["state", "reason", "answered"])
    tell_route(route, actor=actor, action="lesson.reject", raises_to=Uptake.NONE, reason=route.reason)
    return True
