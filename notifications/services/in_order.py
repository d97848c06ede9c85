"""Locks notices from the oldest on, so that two writers of the same rows wait for each other and never both for both."""

from django.db.models import QuerySet

from notifications.models import Notice


def locked_in_order(rows: QuerySet[Notice]) -> list[int]:
    """The keys of the rows, locked until the transaction ends. Call it inside one."""
    return list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
