"""Changes what administrators decide about a person: name, address, function, practitioner, roles, active or not."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.services.record import record
from people.models import User
from people.roles import Role
from people.services.check import check_business_function
from people.services.create_person import KIND
from people.services.deactivate import deactivate, reactivate
from people.services.grant_role import grant_role
from people.services.revoke_role import revoke_role
from people.services.rights import forget_rights
from search.api import touch

FIELDS = ("name", "email", "business_function", "is_practitioner")


@transaction.atomic
def change_person(
    *,
    person: User,
    values: Mapping[str, Any],
    roles: Iterable[Role],
    is_active: bool,
    actor: User | None,
    origin: str = "",
) -> list[str]:
    """Saves what differs, each act with its own audit row, and returns the names of changed fields.

    Raises `ValidationError` for an unknown function, and for an administrator who would lock themselves out.
    """
    wanted = frozenset(roles) | {Role.MEMBER}
    check_business_function(values.get("business_function", ""))
    if actor == person and (not is_active or Role.ADMINISTRATOR in person.role_names - wanted):
        raise ValidationError(_("Ask another administrator to take your own rights away."))
    stored = User.objects.select_for_update().get(pk=person.pk)
    changes = _differences(stored, values)
    for name, (_old, new) in changes.items():
        setattr(stored, name, new)
    if changes:
        stored.save(update_fields=list(changes))
        record(actor=actor, action="change_person", target=stored, changes=changes, origin=origin)
    touched = [*changes, *_set_roles(stored, wanted, actor, origin)]
    switch = reactivate if is_active else deactivate
    if switch(person=stored, actor=actor, origin=origin):
        touched.append("is_active")
    if changes:
        touch(stored, kind=KIND)
    forget_rights(person)
    person.refresh_from_db()
    return touched


def _differences(stored: User, values: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    clean = {name: values[name] for name in FIELDS if name in values}
    if "email" in clean:
        clean["email"] = clean["email"].strip().lower()
    return {name: (getattr(stored, name), new) for name, new in clean.items() if getattr(stored, name) != new}


def _set_roles(person: User, wanted: frozenset[Role], actor: User | None, origin: str) -> list[str]:
    held = {Role(name) for name in person.role_names}
    given = [
        grant_role(person=person, role=role, actor=actor, origin=origin) for role in sorted(wanted - held)
    ]
    taken = [
        revoke_role(person=person, role=role, actor=actor, origin=origin)
        for role in sorted(held - wanted - {Role.MEMBER})
    ]
    return ["roles"] if any((*given, *taken)) else []
