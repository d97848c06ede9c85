"""Exclusions, which belong to who makes them, and walls, which facilitators set. The trail names fields, no values.

An exclusion settles requests that wait between the two in the way in which they would have ended anyhow: one's own is
withdrawn, one that came is declined for a reason of one's own. Nothing tells the other what happened.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.api import visible_alliances
from core.services.again import again_after_deadlock
from core.services.record import record
from mentoring.choices import DeclineReason
from mentoring.coordinators import is_facilitator
from mentoring.models import Exclusion, MatchRequest, Wall
from mentoring.services.answer_request import decline_request
from mentoring.services.withdraw_requests import withdraw_request
from people.models import User


@again_after_deadlock
@transaction.atomic
def exclude(*, owner: User, other: User) -> bool:
    """False where the owner had excluded them before."""
    if owner.pk == other.pk:
        raise ValidationError({"email": _("You are never paired with yourself. Choose a colleague.")})
    _row, is_new = Exclusion.objects.get_or_create(
        owner=owner, other=other, defaults={"created": timezone.now()}
    )
    if not is_new:
        return False
    record(actor=owner, action="mentoring.exclude", target=Exclusion, private_fields=("other",))
    waiting = MatchRequest.objects.open()
    for request in waiting.filter(mentee=owner, mentor=other):
        withdraw_request(mentee=owner, request_id=request.pk)
    for request in waiting.filter(mentee=other, mentor=owner):
        decline_request(mentor=owner, request_id=request.pk, reason=DeclineReason.PERSONAL)
    return True


@transaction.atomic
def include(*, owner: User, exclusion_id: int) -> bool:
    """Takes an exclusion of one's own back; False where there is none."""
    gone, _rows = Exclusion.objects.filter(owner=owner, pk=exclusion_id).delete()
    if gone:
        record(actor=owner, action="mentoring.include", target=Exclusion, private_fields=("other",))
    return bool(gone)


@transaction.atomic
def set_wall(*, actor: User, first_id: int, second_id: int, reason: str = "") -> bool:
    """Between two alliances, in either order; False where it stands. Running pairs go on: people end those."""
    known = {one.pk for one in visible_alliances(actor)} if is_facilitator(actor) else set()
    if not {first_id, second_id} <= known:
        raise PermissionDenied
    low, high = sorted((first_id, second_id))
    values = {"reason": reason.strip(), "set_by": actor, "created": timezone.now()}
    _row, is_new = Wall.objects.get_or_create(first_id=low, second_id=high, defaults=values)
    if is_new:
        record(actor=actor, action="mentoring.set_wall", target=Wall, private_fields=("first", "second"))
    return is_new


@transaction.atomic
def drop_wall(*, actor: User, wall_id: int) -> bool:
    """Takes a wall down; False where it has gone already."""
    if not is_facilitator(actor):
        raise PermissionDenied
    gone, _rows = Wall.objects.filter(pk=wall_id).delete()
    if gone:
        record(actor=actor, action="mentoring.drop_wall", target=Wall, private_fields=("first", "second"))
    return bool(gone)
