"""Gives a person a role. Stewards and facilitators are practitioners by that."""

from django.contrib.auth.models import Group
from django.db import transaction

from core.services.record import record
from people.models import User
from people.roles import PRACTITIONER_ROLES, Role
from people.services.rights import forget_rights


@transaction.atomic
def grant_role(*, person: User, role: Role, actor: User | None, origin: str = "") -> bool:
    """Whether the person got the role now; False where they held it."""
    if person.groups.filter(name=role.value).exists():
        return False
    person.groups.add(Group.objects.get_or_create(name=role.value)[0])
    changes: dict[str, tuple[object, object]] = {"role": ("", role.value)}
    if role in PRACTITIONER_ROLES and not person.is_practitioner:
        person.is_practitioner = True
        person.save(update_fields=["is_practitioner"])
        changes["is_practitioner"] = (False, True)
    forget_rights(person)
    record(actor=actor, action="grant_role", target=person, changes=changes, origin=origin)
    return True
