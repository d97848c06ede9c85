"""Opens a topic: a question that can be answered, or a discussion."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from forums.choices import TopicKind
from forums.models import Board, Topic
from forums.permissions import may_open_topic
from forums.services.checks import can_be_relayed, checked_body, checked_title
from forums.services.indexing import index_topic
from forums.services.mark_read import note_own_post
from forums.services.posting import record_post, write_post
from forums.services.tags import checked_words, find_or_make_tags
from people.models import User


@transaction.atomic
def post_topic(
    *,
    author: User,
    board_id: int,
    kind: str,
    title: str,
    body: str,
    tags: Sequence[str] = (),
    unnamed: bool = False,
    attachments: Sequence[UUID] = (),
) -> Topic:
    """The new topic. Raises `ValidationError` by field, `Board.DoesNotExist` where the author sees no such board.

    Not safe to repeat by itself: pages call it through composer.api.post_once.
    """
    board = Board.objects.visible_to(author).select_for_update().get(pk=board_id)
    _check(author, board, kind=kind, unnamed=unnamed)
    words = checked_words(tags)
    now = timezone.now()
    topic = Topic.objects.create(
        board=board,
        kind=kind,
        title=checked_title(title),
        audience=board.audience,
        author=None if unnamed else author,
        unnamed=unnamed,
        created=now,
        last_posted=now,
    )
    topic.tags.set(find_or_make_tags(words, suggested_by_id=None if unnamed else author.pk))
    post = write_post(
        topic,
        author=author,
        number=1,
        body=checked_body(body),
        unnamed=unnamed,
        created=now,
        attachments=attachments,
    )
    note_own_post(post, author=author)
    record_post(post, author=author, action="forum.post_topic")
    index_topic(topic)
    facts.publish(facts.TopicPosted(topic_id=topic.pk))
    return topic


def _check(author: User, board: Board, *, kind: str, unnamed: bool) -> None:
    if not may_open_topic(author, board):
        raise ValidationError({"board": _("This board is closed: it can be read. Choose another one.")})
    if kind not in TopicKind.values:
        raise ValidationError({"kind": _("Choose whether you ask or tell.")})
    if unnamed and not can_be_relayed(board.audience):
        raise ValidationError(
            {"unnamed": _("No facilitator reads this board, so nobody could help you. Ask with your name.")}
        )
