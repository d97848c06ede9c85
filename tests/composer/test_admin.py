"""Guarded names in the admin: facilitators keep them, nobody else sees them, and the trail does not hold them."""

import pytest
from django.test import Client
from django.urls import reverse

from composer.api import check_names
from composer.models import GuardedName
from core.models import AuditEntry
from people.roles import Role
from people.services.ensure_roles import grant_admin_rights
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
NAME = "Corvexbio"


def as_role(role: Role) -> Client:
    """The browser of somebody with a role."""
    grant_admin_rights()
    client = Client()
    client.force_login(UserFactory(roles=("member", role.value)))
    return client


def test_a_facilitator_adds_changes_and_releases_a_name() -> None:
    client = as_role(Role.FACILITATOR)
    client.post(reverse("guarded_names:add"), {"name": NAME, "kind": "partner"})
    name = GuardedName.objects.get()
    assert (name.name, name.kind) == (NAME, "partner")
    assert NAME in client.get(reverse("guarded_names:index")).content.decode()
    assert [finding.words for finding in check_names({"body": f"We met {NAME.upper()}."})] == [NAME.upper()]
    client.post(reverse("guarded_names:edit", args=[name.pk]), {"name": NAME, "kind": "deal"})
    client.post(reverse("guarded_names:delete", args=[name.pk]))
    assert not GuardedName.objects.exists()
    trail = AuditEntry.objects.filter(object_type="composer.guardedname").order_by("id")
    assert [entry.action for entry in trail] == [
        "guarded_name.add",
        "guarded_name.edit",
        "guarded_name.release",
    ]
    assert not any(NAME in str(entry.changes) for entry in trail)
    assert all(entry.actor for entry in trail)


def test_saving_without_a_change_leaves_no_trace() -> None:
    client = as_role(Role.FACILITATOR)
    client.post(reverse("guarded_names:add"), {"name": NAME, "kind": "partner"})
    client.post(
        reverse("guarded_names:edit", args=[GuardedName.objects.get().pk]), {"name": NAME, "kind": "partner"}
    )
    assert AuditEntry.objects.filter(object_type="composer.guardedname").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FACILITATOR])
def test_nobody_else_gets_to_the_list(role: Role) -> None:
    name = GuardedName.objects.create(name=NAME)
    client = as_role(role)
    for address in (
        reverse("guarded_names:index"),
        reverse("guarded_names:add"),
        reverse("guarded_names:edit", args=[name.pk]),
        reverse("guarded_names:delete", args=[name.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code in (302, 404)
        assert NAME not in answer.content.decode()
        assert client.post(address, {"name": "Changed", "kind": "deal"}).status_code in (302, 404)
    name.refresh_from_db()
    assert name.name == NAME
