"""What readers must not find although Elasticsearch may still hold it."""

from search.models import OutboxEntry

MAX_NARROWINGS = 1000


class TooManyNarrowings(Exception):
    """More narrowings wait than a query can exclude: search the database."""


def pending_narrowings() -> frozenset[str]:
    """Keys (`kind:id`) of objects whose narrowing Elasticsearch has not confirmed; parked rows count too."""
    waiting = OutboxEntry.objects.filter(narrowing=True).order_by()
    keys = list(waiting.values_list("kind", "object_id").distinct()[: MAX_NARROWINGS + 1])
    if len(keys) > MAX_NARROWINGS:
        raise TooManyNarrowings
    return frozenset(f"{kind}:{object_id}" for kind, object_id in keys)
