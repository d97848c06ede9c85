"""Gives the notices of objects the audience that the objects have now, NOBODY where they are hidden.

Called by the room that narrows or hides, in the same transaction, so that neither list nor count nor mail knows more
than the object. Widening again shows the notices again.
"""

from collections.abc import Collection

from django.db import transaction

from notifications.models import Notice
from notifications.services.in_order import locked_in_order


@transaction.atomic
def retarget(*, target_kind: str, target_ids: Collection[int], audience: str) -> int:
    """Returns how many notices changed. Two queries."""
    found = Notice.objects.filter(target_kind=target_kind, target_id__in=target_ids)
    changed = locked_in_order(found.exclude(audience=audience))
    return Notice.objects.filter(pk__in=changed).update(audience=audience) if changed else 0
