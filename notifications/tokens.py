"""Signed tokens in links: to stop mail without signing in, and to undo a marking.

A token to stop names a person and groups and opens nothing else; it does not expire, since a mail can be old. A token to
undo holds a time, is worth something to its owner only, and is short-lived.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse

from people.models import User

STOP_SALT = "notifications.stop"
UNDO_SALT = "notifications.undo"
UNDO_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose mail stops, and of which groups."""

    person_id: int
    groups: tuple[str, ...]


def stop_path(person_id: int, groups: Iterable[str]) -> str:
    """The path that stops mail of these groups to this person."""
    token = signing.dumps([person_id, *sorted(set(groups))], salt=STOP_SALT)
    return reverse("notices:stop", args=[token])


def read_stop(token: str) -> Stop | None:
    """None for a token that we did not sign, or whose person is in no database of ours."""
    try:
        person_id, *groups = signing.loads(token, salt=STOP_SALT)
    except signing.BadSignature:
        return None
    if not User.objects.filter(pk=person_id).exists():
        return None
    return Stop(person_id, tuple(groups))


def undo_token(marked: datetime) -> str:
    """Signs the time that an act marked notices with."""
    return signing.dumps(marked.isoformat(), salt=UNDO_SALT)


def read_undo(token: str) -> datetime | None:
    """None for a token that is old or not ours."""
    try:
        return datetime.fromisoformat(signing.loads(token, salt=UNDO_SALT, max_age=UNDO_SECONDS))
    except signing.BadSignature:
        return None
