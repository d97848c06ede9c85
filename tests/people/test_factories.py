"""The factory the other rooms build on."""

import pytest

from people.roles import Role
from tests.people.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_a_made_person_is_an_active_member_with_a_profile() -> None:
    user = UserFactory()
    assert user.role_names == {Role.MEMBER}
    assert user.profile.time_zone == "Europe/Zurich"
    assert user.check_password(PASSWORD)
    assert not user.is_staff


def test_roles_and_profile_can_be_named() -> None:
    user = UserFactory(roles=("member", "steward"), is_practitioner=True, profile={"division": "Oncology"})
    assert user.role_names == {Role.MEMBER, Role.STEWARD}
    assert user.is_staff
    assert user.audience_tokens == {"community", "practitioners"}
    assert user.profile.division == "Oncology"
