"""People and the trail in the admin: by the services, with a trace, and nobody deletes."""

import pytest
from django.test import Client

from core.models import AuditEntry, Term
from people.models import User
from people.roles import Role
from people.services.ensure_roles import ensure_roles, grant_admin_rights
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/users/"


@pytest.fixture
def admin(client: Client, terms: dict[str, Term]) -> User:
    """A signed-in administrator."""
    grant_admin_rights()
    user = UserFactory(name="Petra", roles=("member", "administrator"))
    client.force_login(user)
    return user


def filled(user: User, **changes: object) -> dict[str, object]:
    """The form as it stands, with changes."""
    return {
        "name": user.name,
        "email": user.email,
        "business_function": user.business_function,
        "is_active": "on",
        "roles": sorted(set(user.role_names) - {"member"}),
        **changes,
    }


class TestPeople:
    def test_the_list_names_people_and_finds_them(self, client: Client, admin: User) -> None:
        other = UserFactory(name="Ilse Koster")
        UserFactory(name="Kenji Mori")
        page = client.get(LIST).content.decode()
        assert "Ilse Koster" in page
        assert "Kenji Mori" in page
        found = client.get(LIST, {"q": "koster"}).content.decode()
        assert other.email in found
        assert "Kenji Mori" not in found

    def test_making_a_person(self, client: Client, admin: User) -> None:
        data = {
            "name": "New One",
            "email": "New@Example.com",
            "business_function": "research",
            "roles": ["steward"],
            "is_active": "on",
        }
        assert client.post("/admin/users/new/", data).status_code == 302
        made = User.objects.get(email="new@example.com")
        assert made.role_names == {Role.MEMBER, Role.STEWARD}
        assert made.is_practitioner
        assert not made.has_usable_password()
        assert AuditEntry.objects.get(action="create_person").actor == admin

    def test_changing_writes_each_act(self, client: Client, admin: User) -> None:
        user = UserFactory(roles=("member", "contributor"))
        data = filled(user, business_function="research", roles=["facilitator"])
        assert client.post(f"/admin/users/edit/{user.pk}/", data).status_code == 302
        user = User.objects.get(pk=user.pk)
        assert user.role_names == {Role.MEMBER, Role.FACILITATOR}
        assert user.audience_tokens >= {"practitioners", "function:research"}
        acts = set(
            AuditEntry.objects.filter(object_id=str(user.pk), actor=admin).values_list("action", flat=True)
        )
        assert acts == {"change_person", "grant_role", "revoke_role"}

    def test_switching_off(self, client: Client, admin: User) -> None:
        user = UserFactory()
        data = filled(user)
        del data["is_active"]
        client.post(f"/admin/users/edit/{user.pk}/", data)
        assert not User.objects.get(pk=user.pk).is_active
        assert AuditEntry.objects.filter(action="deactivate", actor=admin).count() == 1

    @pytest.mark.parametrize("changes", [{"roles": []}, {"is_active": ""}])
    def test_nobody_locks_themselves_out(
        self, client: Client, admin: User, changes: dict[str, object]
    ) -> None:
        response = client.post(f"/admin/users/edit/{admin.pk}/", filled(admin, **changes))
        assert response.status_code == 200
        assert b"Ask another administrator" in response.content
        admin = User.objects.get(pk=admin.pk)
        assert admin.is_active
        assert Role.ADMINISTRATOR in admin.role_names

    def test_an_address_is_given_once(self, client: Client, admin: User) -> None:
        user, other = UserFactory(), UserFactory()
        response = client.post(f"/admin/users/edit/{user.pk}/", filled(user, email=other.email.upper()))
        assert b"Somebody else signs in" in response.content

    @pytest.mark.parametrize("superuser", [False, True])
    def test_nobody_is_deleted(self, client: Client, admin: User, superuser: bool) -> None:
        User.objects.filter(pk=admin.pk).update(is_superuser=superuser)
        user = UserFactory()
        paths = (f"/admin/users/delete/{user.pk}/", "/admin/bulk/people/user/delete/?id=1")
        for path in paths:
            assert client.post(path).status_code in (302, 404)
        assert User.objects.filter(pk=user.pk).exists()

    @pytest.mark.parametrize("role", ["contributor", "steward", "facilitator"])
    def test_others_get_no_further_than_home(self, client: Client, admin: User, role: str) -> None:
        client.force_login(UserFactory(roles=("member", role)))
        for path in (LIST, "/admin/users/new/", "/admin/audit-trail/", "/admin/groups/"):
            assert client.get(path).status_code in (302, 404)


class TestTrail:
    def test_administrators_read_it(self, client: Client, admin: User) -> None:
        page = client.get("/admin/audit-trail/").content.decode()
        assert "sign_in" in page
        entry = AuditEntry.objects.first()
        assert entry is not None
        assert client.get(f"/admin/audit-trail/inspect/{entry.pk}/").status_code == 200

    @pytest.mark.parametrize("superuser", [False, True])
    def test_nobody_writes_it(self, client: Client, admin: User, superuser: bool) -> None:
        User.objects.filter(pk=admin.pk).update(is_superuser=superuser)
        entry = AuditEntry.objects.first()
        assert entry is not None
        before = AuditEntry.objects.values().get(pk=entry.pk)
        for path in ("new/", f"edit/{entry.pk}/", f"delete/{entry.pk}/"):
            for verb in (client.get, client.post):
                assert verb(f"/admin/audit-trail/{path}", {"reason": "x"}).status_code in (302, 404)
        assert AuditEntry.objects.values().get(pk=entry.pk) == before


class TestRights:
    def test_the_table_of_rights(self, db: None) -> None:
        groups = ensure_roles()
        rights = {
            role: {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
            for role, group in groups.items()
        }
        assert rights[Role.MEMBER] == set()
        for role in (Role.CONTRIBUTOR, Role.STEWARD, Role.FACILITATOR, Role.ADMINISTRATOR):
            assert "wagtailadmin.access_admin" in rights[role]
        assert {"core.change_term", "lessons.change_lesson"} <= rights[Role.FACILITATOR]
        assert "core.change_term" not in rights[Role.STEWARD]
        assert {"people.change_user", "core.view_auditentry"} <= rights[Role.ADMINISTRATOR]
        assert not rights[Role.ADMINISTRATOR] & {
            "people.delete_user",
            "core.change_auditentry",
            "core.delete_auditentry",
        }
        assert "people.change_user" not in rights[Role.FACILITATOR]

    def test_contributors_edit_and_stewards_publish(self, db: None) -> None:
        pages = {
            role: set(group.page_permissions.values_list("permission__codename", flat=True))
            for role, group in grant_admin_rights().items()
        }
        assert pages[Role.MEMBER] == set()
        assert pages[Role.CONTRIBUTOR] == {"add_page", "change_page"}
        assert "publish_page" in pages[Role.STEWARD] & pages[Role.FACILITATOR] & pages[Role.ADMINISTRATOR]

    def test_what_was_added_by_hand_goes(self, db: None) -> None:
        group = grant_admin_rights()[Role.CONTRIBUTOR]
        group.permissions.add(*ensure_roles()[Role.ADMINISTRATOR].permissions.all())
        again = grant_admin_rights()[Role.CONTRIBUTOR]
        assert not again.permissions.filter(codename="change_user").exists()
