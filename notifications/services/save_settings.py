"""Keeps what a person wants to be told, and when. The audit row names the fields, never their values."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.services.record import record
from notifications.models import NoticeSettings
from people.models import User

FIELDS = ("mail_off", "bell_off", "quiet_from", "quiet_to", "quiet_free_days")


@transaction.atomic
def save_settings(*, person: User, values: Mapping[str, Any], actor: User | None) -> list[str]:
    """Saves what differs and returns the names of the changed fields. Unknown names raise `KeyError`."""
    if unknown := set(values) - set(FIELDS):
        raise KeyError(f"Not a setting of notices: {', '.join(sorted(unknown))}")
    wish, _is_new = NoticeSettings.objects.select_for_update().get_or_create(user=person)
    changed = [name for name in FIELDS if name in values and getattr(wish, name) != values[name]]
    if changed:
        for name in changed:
            setattr(wish, name, values[name])
        wish.save(update_fields=changed)
        record(actor=actor, action="save_notice_settings", target=person, private_fields=changed)
    return changed


def settings_of(person: User) -> NoticeSettings:
    """What the person wants; the unsaved defaults where they never said."""
    return NoticeSettings.objects.filter(user=person).first() or NoticeSettings(user=person)
