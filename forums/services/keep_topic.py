"""Keeps a topic in order: pins it to the top of its board, closes it to replies, or undoes either."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.services.record import record
from forums.models import Topic
from forums.permissions import may_keep_topic
from forums.services.indexing import index_topic
from people.models import User


@transaction.atomic
def set_pinned(*, actor: User, topic_id: int, pinned: bool) -> bool:
    """Whether it changed anything."""
    topic = kept_topic(actor, topic_id)
    if topic.pinned == pinned:
        return False
    topic.pinned = pinned
    topic.save(update_fields=["pinned"])
    record(actor=actor, action="forum.pin" if pinned else "forum.unpin", target=topic)
    return True


@transaction.atomic
def set_locked(*, actor: User, topic_id: int, locked: bool, reason: str = "") -> bool:
    """Whether it changed anything. What is locked is read and found as before."""
    topic = kept_topic(actor, topic_id)
    if (topic.locked is not None) == locked:
        return False
    topic.locked = timezone.now() if locked else None
    topic.save(update_fields=["locked"])
    record(actor=actor, action="forum.lock" if locked else "forum.unlock", target=topic, reason=reason)
    index_topic(topic)
    return True


def kept_topic(actor: User, topic_id: int) -> Topic:
    """The topic, locked against other writers. `Topic.DoesNotExist` where the actor sees none, `PermissionDenied`."""
    if not Topic.objects.visible_to(actor).filter(pk=topic_id).exists():
        raise Topic.DoesNotExist
    topic = Topic.objects.select_for_update().get(pk=topic_id)
    if not may_keep_topic(actor, topic):
        raise PermissionDenied
    return topic
