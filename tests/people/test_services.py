"""Services of people: each changes once, says whether it did, and leaves an audit row that tells of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import AuditEntry, Term
from people.models import Profile, User
from people.roles import Role
from people.services.create_person import create_person
from people.services.deactivate import deactivate, end_sessions, reactivate
from people.services.grant_role import grant_role
from people.services.revoke_role import revoke_role
from people.services.update_profile import update_profile
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def rows(action: str) -> list[AuditEntry]:
    """The audit rows of one action, oldest first."""
    return list(AuditEntry.objects.filter(action=action).order_by("id"))


class TestCreatePerson:
    def test_makes_user_profile_and_roles(self, terms: dict[str, Term]) -> None:
        user, is_new = create_person(
            email=" New@Example.com ",
            name="New Person",
            actor=None,
            roles=[Role.STEWARD],
            business_function="research",
            profile={"city": "Leiden"},
        )
        assert is_new
        assert user.email == "new@example.com"
        assert user.role_names == {Role.MEMBER, Role.STEWARD}
        assert user.is_practitioner
        assert user.profile.city == "Leiden"
        assert user.audience_tokens == {"community", "practitioners", "function:research"}
        assert [row.object_id for row in rows("create_person")] == [str(user.pk)]

    def test_without_a_password_nobody_can_sign_in(self) -> None:
        user, _ = create_person(email="a@example.com", name="A", actor=None)
        assert not user.has_usable_password()

    def test_the_second_call_changes_nothing(self) -> None:
        first, _ = create_person(email="a@example.com", name="A", actor=None)
        again, is_new = create_person(email="A@EXAMPLE.COM", name="Other", actor=None, roles=[Role.STEWARD])
        assert (again.pk, again.name, is_new) == (first.pk, "A", False)
        assert again.role_names == {Role.MEMBER}
        assert len(rows("create_person")) == 1

    def test_refuses_a_function_outside_the_vocabulary(self, terms: dict[str, Term]) -> None:
        with pytest.raises(ValidationError, match="no business function"):
            create_person(email="a@example.com", name="A", actor=None, business_function="kings")
        assert not User.objects.filter(email="a@example.com").exists()


class TestRoles:
    @pytest.mark.parametrize("role", [Role.STEWARD, Role.FACILITATOR])
    def test_some_roles_make_a_practitioner(self, role: Role) -> None:
        user, admin = UserFactory(), UserFactory(roles=("administrator",))
        assert user.audience_tokens == {"community"}
        assert grant_role(person=user, role=role, actor=admin)
        assert user.is_practitioner
        assert user.audience_tokens == {"community", "practitioners"}
        (row,) = rows("grant_role")
        assert row.actor == admin
        assert row.changes == {"role": ["", role.value], "is_practitioner": ["False", "True"]}

    def test_contributors_are_no_practitioners_by_that(self) -> None:
        user = UserFactory()
        assert grant_role(person=user, role=Role.CONTRIBUTOR, actor=None)
        assert not user.is_practitioner

    def test_granting_twice_is_one_act(self) -> None:
        user = UserFactory()
        assert grant_role(person=user, role=Role.CONTRIBUTOR, actor=None)
        assert not grant_role(person=user, role=Role.CONTRIBUTOR, actor=None)
        assert len(rows("grant_role")) == 1

    def test_revoking(self) -> None:
        user = UserFactory(roles=("member", "contributor"))
        assert user.is_staff
        assert revoke_role(person=user, role=Role.CONTRIBUTOR, actor=None)
        assert not user.is_staff
        assert not revoke_role(person=user, role=Role.CONTRIBUTOR, actor=None)
        assert [row.changes for row in rows("revoke_role")] == [{"role": ["contributor", ""]}]

    def test_membership_is_never_taken(self) -> None:
        with pytest.raises(ValueError, match="deactivate"):
            revoke_role(person=UserFactory(), role=Role.MEMBER, actor=None)


class TestDeactivate:
    def test_closes_the_account_once(self) -> None:
        user, admin = UserFactory(), UserFactory()
        before = user.get_session_auth_hash()
        assert deactivate(person=user, actor=admin, reason="left")
        assert not deactivate(person=user, actor=admin)
        user.refresh_from_db()
        assert not user.is_active
        assert user.get_session_auth_hash() != before
        (row,) = rows("deactivate")
        assert (row.actor, row.reason, row.changes) == (admin, "left", {"is_active": ["True", "False"]})

    def test_opening_again_does_not_revive_sessions(self) -> None:
        user = UserFactory()
        before = user.get_session_auth_hash()
        deactivate(person=user, actor=None)
        assert reactivate(person=user, actor=None)
        assert not reactivate(person=user, actor=None)
        user.refresh_from_db()
        assert user.is_active
        assert user.get_session_auth_hash() != before

    def test_sessions_can_be_ended_alone(self) -> None:
        user = UserFactory()
        before = user.get_session_auth_hash()
        end_sessions(person=user, actor=user)
        assert user.is_active
        assert user.get_session_auth_hash() != before
        assert len(rows("end_sessions")) == 1

    def test_people_with_a_history_cannot_be_deleted(self) -> None:
        user = UserFactory()
        end_sessions(person=user, actor=user)
        with pytest.raises(IntegrityError), transaction.atomic():
            user.delete()


class TestUpdateProfile:
    def test_saves_what_differs_and_names_the_fields_only(self, terms: dict[str, Term]) -> None:
        user = UserFactory(profile={"city": "Leiden"})
        values = {"city": "Leiden", "bio": "Twelve years in Quality.", "role_areas": [terms["contract"]]}
        assert update_profile(person=user, values=values, actor=user) == ["bio", "role_areas"]
        profile = Profile.objects.get(user=user)
        assert profile.bio == "Twelve years in Quality."
        assert list(profile.role_areas.all()) == [terms["contract"]]
        (row,) = rows("update_profile")
        assert row.changes == {"bio": None, "role_areas": None}

    def test_saving_the_same_again_writes_nothing(self, terms: dict[str, Term]) -> None:
        user = UserFactory()
        values = {"city": "Basel", "habits": [terms["H1"], terms["H2"]]}
        assert update_profile(person=user, values=values, actor=user)
        assert update_profile(person=user, values=values, actor=user) == []
        assert len(rows("update_profile")) == 1

    @pytest.mark.parametrize("name", ["user", "is_practitioner", "business_function", "manager"])
    def test_rights_are_not_profile(self, name: str) -> None:
        user = UserFactory()
        with pytest.raises(KeyError, match=name):
            update_profile(person=user, values={name: "research"}, actor=user)

    def test_an_account_without_profile_gets_one(self) -> None:
        user = User.objects.create_superuser("root@example.com", None, name="Root")
        assert update_profile(person=user, values={"city": "Basel"}, actor=user) == ["city"]
        assert Profile.objects.get(user=user).city == "Basel"


def test_an_edit_raises_the_search_version() -> None:
    user = UserFactory()
    before = User.objects.get(pk=user.pk).search_version
    update_profile(person=user, values={"job_title": "Counsel"}, actor=user)
    assert User.objects.get(pk=user.pk).search_version > before
