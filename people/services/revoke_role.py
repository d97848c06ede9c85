"""Takes a role away. What made somebody a practitioner before stays: that right is taken by its own act."""

from django.contrib.auth.models import Group
from django.db import transaction

from core.services.record import record
from people.models import User
from people.roles import Role
from people.services.rights import forget_rights


@transaction.atomic
def revoke_role(*, person: User, role: Role, actor: User | None, origin: str = "") -> bool:
    """Whether the role was taken now; False where the person did not hold it. `member` is never taken.

    Raises `ValueError` for `member`: who has left is deactivated instead.
    """
    if role is Role.MEMBER:
        raise ValueError("Everybody is a member; deactivate who has left.")
    group = Group.objects.filter(name=role.value, user=person).first()
    if group is None:
        return False
    person.groups.remove(group)
    forget_rights(person)
    record(
        actor=actor, action="revoke_role", target=person, changes={"role": (role.value, "")}, origin=origin
    )
    return True
