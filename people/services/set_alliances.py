"""Keeps the alliances of a person in step with their memberships, so that tokens of audiences need no query."""

from collections.abc import Iterable

from django.db import transaction

from people.models import User


@transaction.atomic
def set_alliances(*, person_id: int, alliance_ids: Iterable[int]) -> bool:
    """Whether anything changed. Called by the services of memberships, which audit what they do."""
    wanted = sorted(set(alliance_ids))
    person = User.objects.select_for_update().get(pk=person_id)
    if person.alliance_ids == wanted:
        return False
    person.alliance_ids = wanted
    person.save(update_fields=["alliance_ids"])
    return True
