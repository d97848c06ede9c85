"""Passes a message of a facilitator on to whoever asked a topic without a name. The facilitator does not learn who it is.

Neither the message nor the audit row says to whom it went; the notice is that person's alone.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.services.record import record
from forums.data import MESSAGE_TARGET
from forums.models import RelayedMessage
from forums.services.checks import NUL
from forums.services.keep_topic import kept_topic
from forums.unnamed import asked, asker_to_tell
from notifications.api import notify
from people.models import User

MESSAGE_LENGTH = 5_000


@transaction.atomic
def relay_message(*, actor: User, topic_id: int, body: str) -> RelayedMessage:
    """The message as it was passed on. Raises as `kept_topic`, and `ValidationError` for what cannot be sent."""
    topic = kept_topic(actor, topic_id)
    if not topic.unnamed or asked(actor, topic):
        raise PermissionDenied
    if not body.strip() or len(body) > MESSAGE_LENGTH or NUL in body:
        raise ValidationError(
            {"body": _("Write something first, at most %(most)d characters.") % {"most": MESSAGE_LENGTH}}
        )
    message = RelayedMessage.objects.create(topic=topic, sender=actor, body=body)
    record(actor=actor, action="forum.relay", target=topic, private_fields=["body"])
    asker = asker_to_tell(topic)
    notify(
        recipients=[] if asker is None else [asker],
        verb="message_relayed",
        actor_id=actor.pk,
        target_kind=MESSAGE_TARGET,
        target_id=message.pk,
        audience=topic.audience,
        group_key=f"topic:{topic.pk}:messages",
        dedupe_key=f"message:{message.pk}",
    )
    return message
