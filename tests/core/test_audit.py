"""The audit trail: written with the change, refused to be changed, by the model and by the database itself."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from core import audit_guard
from core.models import AuditEntry, Term
from core.services.record import record
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded() -> Iterator[None]:
    """The guard of the database, which tests run without."""
    audit_guard.install(connection)
    yield
    audit_guard.remove(connection)


@pytest.fixture
def entry() -> AuditEntry:
    """One row."""
    user = UserFactory()
    return record(
        actor=user,
        action="edit",
        target=user,
        changes={"city": ("Leiden", None)},
        private_fields=["bio"],
        reason="because",
        origin="test",
    )


def test_a_row_tells_who_did_what_to_which_object(entry: AuditEntry) -> None:
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert stored.actor_id == entry.actor_id
    assert (stored.action, stored.object_type, stored.object_id) == (
        "edit",
        "people.user",
        str(entry.actor_id),
    )
    assert stored.changes == {"city": ["Leiden", "None"], "bio": None}
    assert (stored.reason, stored.origin) == ("because", "test")
    assert stored.at.tzinfo is not None
    assert "edit people.user" in str(stored)


def test_an_act_that_found_no_object_names_the_kind() -> None:
    row = record(actor=None, action="sign_in_failed", target=Term)
    assert (row.object_type, row.object_id, row.actor) == ("core.term", "", None)


def test_the_row_goes_with_the_change_that_failed() -> None:
    @transaction.atomic
    def change() -> None:
        record(actor=None, action="edit", target=Term)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert not AuditEntry.objects.exists()


def test_the_model_refuses_changes(entry: AuditEntry) -> None:
    entry.reason = "another"
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.all().delete()
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.filter(pk=entry.pk).update(reason="another")
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.bulk_update([entry], ["reason"])
    assert AuditEntry.objects.get(pk=entry.pk).reason == "because"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET reason = 'another'",
        "UPDATE core_auditentry SET actor_id = NULL",
        "DELETE FROM core_auditentry",
    ],
)
def test_the_database_refuses_what_comes_around_the_model(
    guarded: None, entry: AuditEntry, statement: str
) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get(pk=entry.pk).reason == "because"


def test_the_guard_lets_new_rows_in_and_may_be_put_up_twice(guarded: None) -> None:
    audit_guard.install(connection)
    record(actor=None, action="edit", target=Term)
    assert AuditEntry.objects.count() == 1


def test_without_the_guard_the_database_would_not_refuse(entry: AuditEntry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")
    assert not AuditEntry.objects.exists()
