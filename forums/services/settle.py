"""What taking down, hiding and bringing back have in common: the topic, its counts, search and notices follow the post.

Invariants: a post that is out of sight is accepted nowhere, counted nowhere, found nowhere and told to nobody; the post
that opens a topic takes the topic with it. Call it inside the transaction of the verb, with the post's fields saved.
"""

from collections.abc import Collection

from core.audiences import NOBODY
from forums.data import POST_TARGET, TOPIC_TARGET
from forums.models import Post, Topic
from forums.services.change_board_audience import retarget_notices
from forums.services.indexing import index_topic
from notifications import api as notifications


def locked_post(post_id: int) -> Post:
    """The post with its topic, both locked against other writers. Raises `Post.DoesNotExist`.

    The topic first, as every writer locks it: whoever replies holds the topic and then needs the quoted post.
    """
    topic_id = Post.objects.values_list("topic", flat=True).get(pk=post_id)
    topic = Topic.objects.select_for_update().get(pk=topic_id)
    post = Post.objects.select_for_update().get(pk=post_id)
    post.topic = topic
    return post


def settle(post: Post, *, states: Collection[str]) -> None:
    """Lets everything follow a post whose `states` (hidden, deleted) changed."""
    topic = post.topic
    stands = post.hidden is None and post.deleted is None
    if post.opens:
        for state in states:
            setattr(topic, state, getattr(post, state))
    elif not stands and topic.accepted_id == post.pk:
        topic.accepted = None
    replies = Post.objects.standing().filter(topic=topic, number__gt=1).order_by("number")
    topic.reply_count = replies.count()
    topic.first_reply = replies.values_list("created", flat=True).first()
    topic.save(update_fields=["hidden", "deleted", "accepted", "reply_count", "first_reply"])
    index_topic(topic, narrowing=not stands)
    _retarget(post, stands=stands)


def _retarget(post: Post, *, stands: bool) -> None:
    topic = post.topic
    if not stands:
        posts = topic.posts.values_list("pk", flat=True) if post.opens else [post.pk]
        notifications.retarget(target_kind=POST_TARGET, target_ids=list(posts), audience=NOBODY)
        if post.opens:
            notifications.retarget(target_kind=TOPIC_TARGET, target_ids=[topic.pk], audience=NOBODY)
    elif topic.hidden is None and topic.deleted is None:
        retarget_notices([topic.pk], topic.audience)
