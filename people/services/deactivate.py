"""Closes the account of somebody who left. Content stays under the name; sessions end at once and for good."""

from django.db import transaction
from django.db.models import F

from core.facts import PersonLeft, publish
from core.services.record import record
from people.models import User
from people.services.create_person import KIND
from search.api import touch


@transaction.atomic
def deactivate(*, person: User, actor: User | None, reason: str = "", origin: str = "") -> bool:
    """Whether the account was closed now; False where it was closed before."""
    if not User.objects.filter(pk=person.pk, is_active=True).update(
        is_active=False, session_epoch=F("session_epoch") + 1
    ):
        return False
    person.refresh_from_db(fields=["is_active", "session_epoch"])
    record(
        actor=actor,
        action="deactivate",
        target=person,
        changes={"is_active": (True, False)},
        reason=reason,
        origin=origin,
    )
    touch(person, kind=KIND, narrowing=True)
    publish(PersonLeft(person_id=person.pk))
    return True


@transaction.atomic
def reactivate(*, person: User, actor: User | None, reason: str = "", origin: str = "") -> bool:
    """Whether the account was opened again now. Old sessions stay dead: the epoch is not turned back."""
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        return False
    person.refresh_from_db(fields=["is_active"])
    record(
        actor=actor,
        action="reactivate",
        target=person,
        changes={"is_active": (False, True)},
        reason=reason,
        origin=origin,
    )
    touch(person, kind=KIND)
    return True


@transaction.atomic
def end_sessions(*, person: User, actor: User | None, origin: str = "") -> None:
    """Ends every session of a person, also the one that asks."""
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])
    record(actor=actor, action="end_sessions", target=person, origin=origin)
