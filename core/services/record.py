"""Writes one row of the audit trail in the running transaction."""

from collections.abc import Mapping

from django.db import models

from core.models import AuditEntry


def record(
    *,
    actor: models.Model | None,
    action: str,
    target: models.Model,
    changes: Mapping[str, tuple[object, object]] | None = None,
    reason: str = "",
    origin: str = "",
) -> AuditEntry:
    """Records an act on an object.

    `changes` maps a field to (old, new); values are stored as text. `actor` is None for commands. The caller is inside
    the transaction of the change, so that neither exists without the other.
    """
    return AuditEntry.objects.create(
        actor_id=actor.pk if actor is not None else None,
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        changes={field: [str(old), str(new)] for field, (old, new) in (changes or {}).items()},
        reason=reason,
        origin=origin,
    )
