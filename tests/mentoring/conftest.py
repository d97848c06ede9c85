"""What the tests of mentoring share: a mentor and a mentee in alliances, and the composer's real threads on one database."""

import pytest
from django.utils import timezone

from alliances.models import Alliance, Membership
from people.models import User
from tests.composer.conftest import at_once
from tests.mentoring.market import make_mentee, make_mentor

__all__ = ["at_once"]


@pytest.fixture
def people() -> tuple[User, User, User]:
    """A mentor, a mentee and a bystander; both work in an alliance, others mentor too."""
    mentor, mentee = make_mentor(), make_mentee()
    for number in range(2):
        make_mentor(f"Mentor Number{number}", offers=["H3"])
    for person, name in ((mentor, "Plover"), (mentee, "Wren")):
        alliance = Alliance.objects.create(code_name=name)
        Membership.objects.create(
            alliance=alliance, person=person, duty="member", state="confirmed", asked=timezone.now()
        )
    return mentor, mentee, make_mentee("Samir Haddad")
