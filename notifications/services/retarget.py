"""Gives the notices of objects the audience that the objects have now, NOBODY where they are hidden.

Called by the room that narrows or hides, in the same transaction, so that neither list nor count nor mail knows more
than the object. Widening again shows the notices again.
"""

from collections.abc import Collection

from notifications.models import Notice


def retarget(*, target_kind: str, target_ids: Collection[int], audience: str) -> int:
    """Returns how many notices changed. One query."""
    found = Notice.objects.filter(target_kind=target_kind, target_id__in=target_ids)
    return found.exclude(audience=audience).update(audience=audience)
