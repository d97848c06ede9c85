"""Makes a person who may sign in: user, profile and roles at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from core.services.record import record
from people.models import Profile, User
from people.roles import PRACTITIONER_ROLES, Role
from people.services.check import check_business_function
from search.api import touch

KIND = "person"


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    actor: User | None,
    password: str | None = None,
    roles: Iterable[Role] = (Role.MEMBER,),
    business_function: str = "",
    is_practitioner: bool = False,
    is_demo: bool = False,
    profile: Mapping[str, Any] | None = None,
    origin: str = "",
) -> tuple[User, bool]:
    """The person of an address and whether they were made now; an existing one is returned as they are.

    Raises `ValidationError` for a business function that the vocabulary does not know.
    """
    existing = User.objects.filter(email__iexact=email.strip()).first()
    if existing is not None:
        return existing, False
    check_business_function(business_function)
    held = frozenset(roles) | {Role.MEMBER}
    user = User.objects.create_user(
        email,
        password,
        name=name,
        business_function=business_function,
        is_practitioner=is_practitioner or bool(held & PRACTITIONER_ROLES),
        is_demo=is_demo,
    )
    user.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in sorted(held)])
    Profile.objects.create(user=user, **(profile or {}))
    record(
        actor=actor,
        action="create_person",
        target=user,
        changes={"roles": ("", ", ".join(sorted(held)))},
        origin=origin,
    )
    touch(user, kind=KIND)
    return user, True
