"""The glossary in the admin: facilitators write it, everybody else stays out, and every act is audited and indexed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from people.models import User
from people.roles import Role
from people.services.ensure_roles import grant_admin_rights
from playbook.models import GlossaryArea, GlossaryTerm
from search.models import IndexEntry
from tests.people.factories import UserFactory
from tests.playbook.factories import make_term

pytestmark = pytest.mark.django_db
WRITERS = {Role.FACILITATOR, Role.ADMINISTRATOR}
FORM = {
    "term": "Joint Steering Committee",
    "abbreviation": "JSC",
    "definition": "The senior joint body.",
    "confuse": "",
    "area": GlossaryArea.GOVERNANCE.value,
    "also": "steerco\n\n  board ",
}


def signed_in(client: Client, role: str) -> User:
    """A person of a role, signed in."""
    grant_admin_rights()
    person: User = UserFactory(roles=(role,))
    client.force_login(person)
    return person


def addresses(term: GlossaryTerm) -> list[str]:
    """Every address of the glossary in the admin that opens by looking."""
    own = [reverse(f"glossary_admin:{name}", args=[term.pk]) for name in ("edit", "delete", "history")]
    return [reverse("glossary_admin:index"), reverse("glossary_admin:add"), *own]


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_the_glossary(client: Client, role: Role) -> None:
    signed_in(client, role)
    term = make_term()
    opened = {client.get(address).status_code == 200 for address in addresses(term)}
    assert opened == {role in WRITERS}
    client.post(reverse("glossary_admin:add"), FORM)
    assert GlossaryTerm.objects.exclude(pk=term.pk).exists() == (role in WRITERS)
    client.post(reverse("glossary_admin:delete", args=[term.pk]))
    assert GlossaryTerm.objects.filter(pk=term.pk).exists() == (role not in WRITERS)


def test_a_new_term_is_written_by_the_service(client: Client) -> None:
    person = signed_in(client, Role.FACILITATOR)
    assert client.post(reverse("glossary_admin:add"), FORM).status_code == 302
    term = GlossaryTerm.objects.get()
    assert (term.slug, term.also) == ("joint-steering-committee", ["steerco", "board"])
    assert AuditEntry.objects.get(action="glossary.create").actor == person
    assert IndexEntry.objects.get(kind="term").title == "Joint Steering Committee (JSC)"


def test_an_edit_and_a_deletion_are_audited_and_leave_no_trace_in_search(client: Client) -> None:
    person = signed_in(client, Role.FACILITATOR)
    term = make_term()
    edit = reverse("glossary_admin:edit", args=[term.pk])
    assert client.post(edit, {**FORM, "term": "Board of both"}).status_code == 302
    assert IndexEntry.objects.get(kind="term").title == "Board of both (JSC)"
    act = AuditEntry.objects.get(action="glossary.edit")
    assert act.actor == person
    assert act.changes["term"] == ["Joint Steering Committee", "Board of both"]
    assert client.post(reverse("glossary_admin:delete", args=[term.pk])).status_code == 302
    assert AuditEntry.objects.get(action="glossary.delete").changes == {"slug": [term.slug, ""]}
    assert not IndexEntry.objects.filter(kind="term").exists()


@pytest.mark.parametrize("missing", ["term", "definition", "area"])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client: Client, missing: str) -> None:
    signed_in(client, Role.FACILITATOR)
    values: dict[str, Any] = {**FORM, missing: ""}
    answer = client.post(reverse("glossary_admin:add"), values)
    assert answer.status_code == 200
    assert missing in answer.context["form"].errors
    assert "steerco" in answer.content.decode()
    assert not GlossaryTerm.objects.exists()


def test_the_form_shows_what_else_a_term_is_called_one_a_line(client: Client) -> None:
    signed_in(client, Role.FACILITATOR)
    term = make_term(also=["steerco", "board"])
    page = client.get(reverse("glossary_admin:edit", args=[term.pk])).content.decode()
    assert "steerco\nboard" in page
