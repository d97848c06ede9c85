"""What posting a topic and posting a reply have in common. Call it inside the transaction of the verb.

An unnamed post takes nobody's name with it: not into the post, the audit row, its files, or a read mark.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.services.record import record
from forums import unnamed as nameless
from forums.files.kinds import BY_MEDIA_TYPE
from forums.files.marks import FILES
from forums.files.names import neutral_name
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
        _attach(post, author, attachments)
    return post


def _attach(post: Post, author: User, keys: Sequence[UUID]) -> None:
    """Gives the post its files, in the order in which they were attached."""
    own = list(Attachment.objects.select_for_update().filter(key__in=keys, owner=author, post=None))
    if post.unnamed:
        _forget_whose(own)
    for attachment in own:
        attachment.post = post
        attachment.save(update_fields=["post", "owner", "name"])


def _forget_whose(attachments: Sequence[Attachment]) -> None:
    """Takes names and owner off files; raises `ValidationError` for kinds that carry who wrote them inside."""
    for number, attachment in enumerate(attachments, start=1):
        if BY_MEDIA_TYPE[attachment.media_type].tells_its_author:
            raise ValidationError(
                {
                    FILES: _(
                        "“%(name)s” may carry your name inside. Without your name, attach pictures or plain text."
                    )
                    % {"name": attachment.name}
                }
            )
        attachment.owner, attachment.name = None, neutral_name(attachment.name, number)


def record_post(post: Post, *, author: User, action: str) -> None:
    """The audit row of a new post; of an unnamed one it says that it was posted, not by whom."""
    record(actor=None if post.unnamed else author, action=action, target=post)
