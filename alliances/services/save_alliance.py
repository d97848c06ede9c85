"""Adds an alliance to the register, or changes what stands about it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from alliances.models import Alliance
from core.audiences import alliance_token
from core.services.record import record
from people.models import User
from search.api import touch

KIND = "alliance"
FIELDS = (
    "code_name",
    "partner_type",
    "alliance_type",
    "phase",
    "tier",
    "started",
    "counterpart_role",
    "north_star",
    "note",
)
PRIVATE = ("counterpart_role", "north_star", "note")


@transaction.atomic
def add_alliance(*, actor: User | None, values: Mapping[str, Any], is_demo: bool = False) -> Alliance:
    """A new alliance, seen by nobody but facilitators until somebody's membership is confirmed."""
    alliance = Alliance.objects.create(is_demo=is_demo, **values)
    alliance.audience = alliance_token(alliance.pk)
    alliance.save(update_fields=["audience"])
    record(actor=actor, action="alliance.add", target=alliance, private_fields=sorted(values))
    touch(alliance, kind=KIND)
    return alliance


@transaction.atomic
def change_alliance(*, alliance_id: int, actor: User, values: Mapping[str, Any]) -> list[str]:
    """Saves what differs and returns the names of the changed fields. Free text is named in the audit, not repeated."""
    alliance = Alliance.objects.select_for_update().get(pk=alliance_id)
    changed = {name: value for name, value in values.items() if getattr(alliance, name) != value}
    if not changed:
        return []
    shown = {name: (getattr(alliance, name), value) for name, value in changed.items() if name not in PRIVATE}
    for name, value in changed.items():
        setattr(alliance, name, value)
    alliance.save(update_fields=sorted(changed))
    record(
        actor=actor,
        action="alliance.change",
        target=alliance,
        changes=shown,
        private_fields=[name for name in changed if name in PRIVATE],
    )
    touch(alliance, kind=KIND)
    return sorted(changed)
