"""Makes notices for tests through the service that makes them for people."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from core.audiences import COMMUNITY
from notifications.api import notify
from people.models import User
from tests.notifications.conftest import KIND

_events = count(1)


def tell(people: User | Iterable[User], **changes: Any) -> int:
    """Tells people of a new event, of thing 1 unless something else is said."""
    recipients = [people.pk] if isinstance(people, User) else [person.pk for person in people]
    event = {
        "verb": "told",
        "actor_id": None,
        "target_kind": KIND,
        "target_id": 1,
        "audience": COMMUNITY,
        "group_key": "thing:1",
        "dedupe_key": f"event:{next(_events)}",
    }
    return notify(recipients=recipients, **(event | changes))
