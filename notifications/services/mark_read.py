"""Marks notices as read: because their object was read, because somebody said so of a group, or of all; and undoes it.

Everything that one act marked carries the same time, and that time is what the act is undone by.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from notifications.models import Notice
from notifications.services.in_order import locked_in_order
from people.models import User


def mark_read(*, reader: User, target_kind: str, target_ids: Collection[int]) -> int:
    """The notices of objects that the reader has just read. Writes only where there is something to write."""
    found = Notice.objects.filter(
        recipient=reader, read=None, target_kind=target_kind, target_id__in=target_ids
    )
    if not found.exists():
        return 0
    with transaction.atomic():
        return _set_read(found, timezone.now())


@transaction.atomic
def mark_group_read(*, reader: User, notice_id: int) -> datetime | None:
    """All of the group that the notice stands in; the time to undo it by, None where nothing was unread.

    Raises `Notice.DoesNotExist` where the reader has no such notice.
    """
    notice = Notice.objects.of(reader).get(pk=notice_id)
    now = timezone.now()
    group = Notice.objects.of(reader).unread().filter(group_key=notice.group_key)
    return now if _set_read(group, now) else None


@transaction.atomic
def mark_all_read(*, reader: User) -> datetime | None:
    """Everything; the time to undo it by, None where nothing was unread."""
    now = timezone.now()
    return now if _set_read(Notice.objects.of(reader).unread(), now) else None


@transaction.atomic
def mark_unread(*, reader: User, marked: datetime) -> int:
    """Undoes the act of that time; returns how many are unread again."""
    return _set_read(Notice.objects.filter(recipient=reader, read=marked), None)


def _set_read(rows: QuerySet[Notice], when: datetime | None) -> int:
    keys = locked_in_order(rows)
    return Notice.objects.filter(pk__in=keys).update(read=when) if keys else 0
