"""Puts a name on the list of guarded names, changes it there, and takes it off. The trail never holds the name."""

from django.db import models, transaction

from composer.models import GuardedName
from core.services.record import record

ADD, EDIT, RELEASE = "guarded_name.add", "guarded_name.edit", "guarded_name.release"


@transaction.atomic
def guard_name(*, name: GuardedName, actor: models.Model | None) -> bool:
    """Writes the name with the values it carries now; returns whether anything was different."""
    before = GuardedName.objects.filter(pk=name.pk).first() if name.pk else None
    changed = [field for field in ("name", "kind") if getattr(before, field, None) != getattr(name, field)]
    if not changed:
        return False
    name.save()
    record(actor=actor, action=EDIT if before else ADD, target=name, private_fields=changed)
    return True


@transaction.atomic
def release_name(*, name: GuardedName, actor: models.Model | None) -> None:
    """Takes the name off the list."""
    record(actor=actor, action=RELEASE, target=name, private_fields=["name"])
    name.delete()
