"""Records that the change in a play worked, with what was seen: only then is a lesson learned."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons.choices import RouteState, Uptake
from lessons.route_rules import may_check
from lessons.services.move import checked_words
from lessons.services.uptake import locked_route, tell_route


@transaction.atomic
def check_effect(*, route_id: int, seen: str, actor: AbstractBaseUser) -> bool:
    """Returns whether it changed anything; raises `ValidationError` without words or a right."""
    route = locked_route(route_id)
    if route.state == RouteState.CHECKED:
        return False
    if not may_check(actor, route):
        raise ValidationError(
            _("The effect is checked once the lesson is in the playbook, by the owner or a steward.")
        )
    route.reason = checked_words(seen, missing=_("Say what you saw that shows it works."))
    route.state, route.answered = RouteState.CHECKED, timezone.now()
    route.save(update_fields=["state", "reason", "answered"])
    tell_route(route, actor=actor, action="lesson.check", raises_to=Uptake.CHECKED, reason=route.reason)
    return True
