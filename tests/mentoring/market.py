"""Makes mentors and mentees for tests of the market; everybody fits everybody until a test says otherwise."""

from datetime import date
from typing import Any

from mentoring.models import MentorProfile
from mentoring.services.keep_status import keep_status
from people.models import User
from tests.people.factories import UserFactory

WANTS = ["H3", "alignment", "H2", "contract"]


def make_mentor(name: str = "Amara Osei", *, profile: dict[str, Any] | None = None, **fields: Any) -> User:
    """A trained mentor with one place."""
    person: User = UserFactory(name=name, profile={"languages": ["en"], **(profile or {})})
    values = {"capacity": 1, "offers": WANTS, "trained_on": date(2026, 1, 1), **fields}
    MentorProfile.objects.create(person=person, is_mentor=True, **values)
    keep_status([person.pk])
    return person


def make_mentee(name: str = "Ilse Koster", *, profile: dict[str, Any] | None = None, **fields: Any) -> User:
    """Somebody who wants a mentor."""
    person: User = UserFactory(name=name, profile={"languages": ["en"], **(profile or {})})
    MentorProfile.objects.create(person=person, is_mentee=True, **{"wants": WANTS, **fields})
    return person
