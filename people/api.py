"""What other rooms may ask of people/."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password

from people.checks import Chart, chart_of
from people.competences import competences, own_checks
from people.data import DemoSignIn
from people.faces import tone_of
from people.languages import language_names
from people.models import Profile, User
from people.reporting import lines_above, reporting_line, reports_below
from people.roles import ROLE_LABELS, Role
from people.services.give_badge import give_badge
from people.services.load_people import DEMO_PASSWORD
from people.services.set_alliances import set_alliances
from people.services.set_mentor_status import set_mentor_status
from people.services.take_self_check import take_self_check
from people.working_days import add_working_days, is_working_time, next_working_day

__all__ = [
    "add_working_days",
    "competences",
    "demo_sign_ins",
    "give_badge",
    "is_working_time",
    "language_names",
    "lines_above",
    "next_working_day",
    "own_chart",
    "own_checks",
    "reporting_line",
    "reports_below",
    "set_alliances",
    "set_mentor_status",
    "take_self_check",
    "tone_of",
    "zone_of",
]


def own_chart(person: User) -> Chart | None:
    """The person's first and last self-check side by side, for that person's eyes only; shown by people/check_chart.html."""
    return chart_of(competences(), own_checks(person))


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
