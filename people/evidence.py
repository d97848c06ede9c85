"""What people have shown and what they own, gathered from the rooms above and cut to the reader."""

from collections.abc import Collection

from people.data import Evidence, OwnedThing
from people.models import User
from people.roles import Role
from people.slots import evidence, owned_things


def evidence_of(person_ids: Collection[int], reader: object) -> dict[int, list[Evidence]]:
    """What each of the people has shown; those without anything are left out."""
    gathered: dict[int, list[Evidence]] = {}
    for provider in evidence:
        for person_id, shown in provider(person_ids, reader).items():
            gathered.setdefault(person_id, []).extend(shown)
    return gathered


def owned_by(person_ids: Collection[int], reader: object) -> dict[int, list[OwnedThing]]:
    """What each of the people answers for; those without anything are left out."""
    gathered: dict[int, list[OwnedThing]] = {}
    for provider in owned_things:
        for person_id, things in provider(person_ids, reader).items():
            gathered.setdefault(person_id, []).extend(things)
    return gathered


def left_behind(person: User, reader: object) -> list[OwnedThing]:
    """What somebody who has left still answers for; told to facilitators alone."""
    if person.is_active or Role.FACILITATOR not in getattr(reader, "role_names", ()):
        return []
    return owned_by([person.pk], reader).get(person.pk, [])
