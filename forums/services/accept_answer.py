"""Takes a reply for the answer of its question, or takes that back when it is called again for the same reply."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core import facts
from core.services.record import record
from forums.models import Post
from forums.permissions import may_accept
from forums.services.indexing import index_topic
from forums.services.settle import locked_post
from forums.unnamed import asked
from people.models import User


@transaction.atomic
def accept_answer(*, actor: User, post_id: int) -> bool:
    """Whether the reply is the accepted answer now. Another one accepted before makes room.

    Raises `Post.DoesNotExist` for what the actor does not see, `PermissionDenied` for who neither asked nor keeps order.
    """
    if not Post.objects.visible_to(actor).filter(pk=post_id).exists():
        raise Post.DoesNotExist
    post = locked_post(post_id)
    topic = post.topic
    if not may_accept(actor, post):
        raise PermissionDenied
    before = topic.accepted_id
    accepts = before != post.pk
    topic.accepted = post if accepts else None
    topic.save(update_fields=["accepted"])
    named = None if topic.unnamed and asked(actor, topic) else actor
    record(
        actor=named,
        action="forum.accept_answer" if accepts else "forum.take_answer_back",
        target=topic,
        changes={"accepted": (before or "", topic.accepted_id or "")},
    )
    index_topic(topic)
    if accepts:
        facts.publish(facts.AnswerAccepted(post_id=post.pk, actor_id=named.pk if named else None))
    return accepts
