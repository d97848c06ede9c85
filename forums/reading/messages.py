"""Messages of facilitators to whoever asked without a name: read by who asked, and by facilitators."""

from django.db.models import QuerySet

from core.audiences import tokens_of
from forums.managers import keeps_order
from forums.models import RelayedMessage
from forums.unnamed import own_topics


def messages_for(reader: object) -> QuerySet[RelayedMessage]:
    """Those the reader may read, with sender and topic, the newest first."""
    rows = RelayedMessage.objects.filter(topic__audience__in=sorted(tokens_of(reader)))
    found = rows if keeps_order(reader) else rows.filter(topic__in=own_topics(reader))
    return found.select_related("sender", "topic__board")
