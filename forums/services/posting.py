"""What posting a topic and posting a reply have in common. Call it inside the transaction of the verb.

An unnamed post takes nobody's name with it: not into the post, the audit row, its files, or a read mark.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from core.services.record import record
from forums import unnamed as nameless
from forums.models import Attachment, Post, Topic
from people.models import User


def write_post(
    topic: Topic,
    *,
    author: User,
    number: int,
    body: str,
    unnamed: bool,
    created: datetime,
    parent: Post | None = None,
    attachments: Sequence[UUID] = (),
) -> Post:
    """Stores a post, rendered, with its files."""
    post = Post(
        topic=topic,
        number=number,
        author=None if unnamed else author,
        unnamed=unnamed,
        parent=parent,
        body=body,
        created=created,
    )
    post.render_texts()
    post.save()
    if unnamed:
        nameless.remember(post, author.pk)
    if attachments:
        own = Attachment.objects.filter(key__in=attachments, owner=author, post=None)
        own.update(post=post, owner=None if unnamed else author)
    return post


def record_post(post: Post, *, author: User, action: str) -> None:
    """The audit row of a new post; of an unnamed one it says that it was posted, not by whom."""
    record(actor=None if post.unnamed else author, action=action, target=post)
