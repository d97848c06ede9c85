"""Posts a reply. Whoever asked without a name replies without one in that topic, and nobody else does."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from forums import unnamed as nameless
from forums.choices import FollowKind, Level
from forums.models import Follow, Post, Topic
from forums.permissions import may_reply
from forums.services.checks import checked_body
from forums.services.indexing import index_topic
from forums.services.mark_read import note_own_post
from forums.services.posting import record_post, write_post
from people.models import User


@transaction.atomic
def post_reply(
    *,
    author: User,
    topic_id: int,
    body: str,
    parent_id: int | None = None,
    unnamed: bool | None = None,
    attachments: Sequence[UUID] = (),
) -> Post:
    """The new reply. `unnamed` None: as the person asked in this topic.

    Raises `ValidationError` by field, `Topic.DoesNotExist` where the author sees no such topic. Not safe to repeat by
    itself: pages call it through composer.api.post_once.
    """
    topic = Topic.objects.visible_to(author).select_for_update().get(pk=topic_id)
    if not may_reply(author, topic):
        raise ValidationError(
            _("This topic is closed: it can be read, and nothing is added. Your text is kept.")
        )
    post = write_post(
        topic,
        author=author,
        number=topic.last_number + 1,
        body=checked_body(body),
        unnamed=_without_name(author, topic, unnamed),
        created=timezone.now(),
        parent=_parent(author, topic, parent_id),
        attachments=attachments,
    )
    _count(topic, post)
    _follow(topic, post)
    note_own_post(post, author=author)
    record_post(post, author=author, action="forum.post_reply")
    index_topic(topic)
    facts.publish(facts.ReplyPosted(post_id=post.pk))
    return post


def _without_name(author: User, topic: Topic, wish: bool | None) -> bool:
    asked_so = topic.unnamed and nameless.asked(author, topic)
    if wish is not None and wish != asked_so:
        raise ValidationError(
            {
                "unnamed": _("You asked this without your name, so you reply without it.")
                if asked_so
                else _("Only who asked without a name replies without one.")
            }
        )
    return asked_so


def _parent(author: User, topic: Topic, parent_id: int | None) -> Post | None:
    """The post that is quoted; one that was taken down meanwhile is left out, the reply stands."""
    if parent_id is None:
        return None
    return Post.objects.visible_to(author).filter(topic=topic, pk=parent_id).first()


def _count(topic: Topic, post: Post) -> None:
    topic.last_number = post.number
    topic.last_posted = post.created
    topic.reply_count += 1
    topic.first_reply = topic.first_reply or post.created
    topic.save(update_fields=["last_number", "last_posted", "reply_count", "first_reply"])


def _follow(topic: Topic, post: Post) -> None:
    """Who replies tracks the topic from then on, unless they chose otherwise. Who asked watches it anyway."""
    if post.author_id is not None and post.author_id != topic.author_id:
        Follow.objects.get_or_create(
            user_id=post.author_id,
            kind=FollowKind.TOPIC,
            object_id=topic.pk,
            defaults={"level": Level.TRACKING},
        )
