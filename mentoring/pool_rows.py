"""One person as matching reads them: plain values, since some thousand mentors are read whenever one person asks."""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import NamedTuple

from django.db.models import QuerySet

from mentoring.models import MentorProfile
from mentoring.models.profile import MIDDLE
from people.models import Profile, User

OF_PROFILE = (
    *("languages", "time_zone", "working_days", "working_from", "working_until"),
    *("therapeutic_areas", "in_role_since", "manager_id"),
)
OF_MENTORING = (
    *("offers", "wants", "advice", "structure", "cadence", "capacity"),
    *("takes_requests", "away_from", "away_until", "trained_on"),
)


class Row(NamedTuple):
    """The fields stand in the order of the columns. Without a mentoring profile, what an empty one would say."""

    person: int
    languages: Sequence[str]
    time_zone: str
    working_days: str
    working_from: time
    working_until: time
    therapeutic_areas: Sequence[str]
    in_role_since: date | None
    manager: int | None
    offers: Sequence[str] = ()
    wants: Sequence[str] = ()
    advice: int = MIDDLE
    structure: int = MIDDLE
    cadence: int = MIDDLE
    capacity: int = 0
    takes_requests: bool = True
    away_from: date | None = None
    away_until: date | None = None
    trained_on: date | None = None


def mentee_rows(ids: Collection[int]) -> list[Row]:
    """Whoever has no mentoring profile yet is reckoned with an empty one. At most two queries."""
    known = _rows(MentorProfile.objects.filter(person__in=ids))
    missing = set(ids) - {one.person for one in known}
    if not missing:
        return known
    people = User.objects.filter(pk__in=missing, profile__isnull=False).order_by("pk")
    columns = ("pk", *(f"profile__{name}" for name in OF_PROFILE))
    return known + [Row(*values) for values in people.values_list(*columns)]


def mentor_rows(ids: Collection[int] | None) -> list[Row]:
    """These mentors, else all who are present and mentor. One query."""
    rows = MentorProfile.objects.filter(is_mentor=True, person__is_active=True)
    return _rows(rows if ids is None else rows.filter(person__in=list(ids)))


def picked(person_ids: Collection[int], name: str) -> dict[int, frozenset[str]]:
    """The codes of the terms that people have picked in a field of their profile. One query."""
    rows = Profile.objects.filter(user__in=person_ids, **{f"{name}__isnull": False})
    found: dict[int, set[str]] = {}
    for person, code in rows.values_list("user_id", f"{name}__code"):
        found.setdefault(person, set()).add(code)
    return {person: frozenset(codes) for person, codes in found.items()}


def _rows(profiles: QuerySet[MentorProfile]) -> list[Row]:
    """Those of people with a profile; accounts for operation alone have none, and fit nobody."""
    found = profiles.filter(person__profile__isnull=False).order_by("person_id")
    columns = ("person_id", *(f"person__profile__{name}" for name in OF_PROFILE), *OF_MENTORING)
    return [Row(*values) for values in found.values_list(*columns)]
