"""What other rooms may ask of people/."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password

from people.data import DemoSignIn
from people.models import Profile, User
from people.roles import ROLE_LABELS, Role
from people.services.load_people import DEMO_PASSWORD

__all__ = ["demo_sign_ins", "zone_of"]


def demo_sign_ins() -> list[DemoSignIn]:
    """One demo person a role, from member to administrator: who holds the role and the fewest above it.

    Only people who can still sign in with the demo password are named. Empty without demo people.
    """
    people = list(
        User.objects.present()
        .filter(is_demo=True)
        .select_related("profile")
        .prefetch_related("groups")
        .order_by("pk")
    )
    chosen: list[DemoSignIn] = []
    for role in Role:
        holder = next((person for person in people if _highest(person) is role), None)
        if holder is not None and _has_demo_password(holder.password):
            chosen.append(
                DemoSignIn(
                    name=holder.name,
                    email=holder.email,
                    password=DEMO_PASSWORD,
                    role=str(ROLE_LABELS[role]),
                    job_title=holder.profile.job_title,
                )
            )
    return chosen


def zone_of(reader: object) -> ZoneInfo:
    """Where a reader lives by the clock; UTC for strangers. No query: the profile comes with the session's user."""
    profile = getattr(reader, "profile", None)
    return profile.zone if isinstance(profile, Profile) else ZoneInfo("UTC")


@lru_cache(maxsize=64)
def _has_demo_password(encoded: str) -> bool:
    """Whether a stored password is that of the demo; remembered, since each answer costs as much as a sign-in."""
    return check_password(DEMO_PASSWORD, encoded)


def _highest(person: User) -> Role:
    held = {group.name for group in person.groups.all()}
    return max((role for role in Role if role.value in held), key=list(Role).index, default=Role.MEMBER)
