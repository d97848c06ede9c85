"""Writes one row of the audit trail in the running transaction."""

from collections.abc import Iterable, Mapping

from django.db import models

from core.models import AuditEntry


def record(
    *,
    actor: models.Model | None,
    action: str,
    target: models.Model | type[models.Model],
    changes: Mapping[str, tuple[object, object]] | None = None,
    private_fields: Iterable[str] = (),
    reason: str = "",
    origin: str = "",
) -> AuditEntry:
    """Records an act on an object.

    `changes` maps a field to (old, new); values are stored as text. `private_fields` are named, their values are not
    stored. `actor` is None for commands. A `target` that is a class stands for an act that found no object, as a failed
    sign-in. The caller is inside the transaction of the change, so that neither exists without the other.
    """
    found = isinstance(target, models.Model)
    shown = {field: [str(old), str(new)] for field, (old, new) in (changes or {}).items()}
    return AuditEntry.objects.create(
        actor_id=actor.pk if actor is not None else None,
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk) if found else "",
        changes=shown | dict.fromkeys(private_fields),
        reason=reason,
        origin=origin,
    )
