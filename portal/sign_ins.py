"""Whom a demo offers to sign in as: one demo person a role, the one whose highest role it is."""

from people.models import User
from people.roles import ROLE_LABELS, Role
from people.services.load_people import DEMO_PASSWORD

__all__ = ["DEMO_PASSWORD", "sign_ins_by_role"]


def sign_ins_by_role() -> list[tuple[str, str]]:
    """Role label and e-mail address, from the database, in the order of the roles; empty without demo people."""
    people = User.objects.filter(is_demo=True, is_active=True).prefetch_related("groups").order_by("pk")
    offered: dict[Role, str] = {}
    for person in people:
        names = {group.name for group in person.groups.all()}
        held = [role for role in Role if role.value in names]
        if held:
            offered.setdefault(held[-1], person.email)
    return [(str(ROLE_LABELS[role]), offered[role]) for role in Role if role in offered]
