"""Changes who may read a board. A narrowing holds at once for its topics and posts, in search and in notices."""

from django.db import transaction

from core.audiences import is_narrower
from core.services.check_audience import check_audience
from core.services.record import record
from forums.data import FLAG_TARGET, MESSAGE_TARGET, POST_TARGET, TOPIC_TARGET
from forums.models import Board, Flag, Post, RelayedMessage, Topic
from forums.services.indexing import index_topics
from notifications import api as notifications
from people.models import User

BATCH = 500


@transaction.atomic
def change_board_audience(*, board_id: int, audience: str, actor: User | None, reason: str = "") -> bool:
    """Returns whether it changed anything; raises `ValidationError` for a token nobody can hold."""
    check_audience(audience)
    board = Board.objects.select_for_update().get(pk=board_id)
    old = board.audience
    if old == audience:
        return False
    board.audience = audience
    board.save(update_fields=["audience"])
    record(
        actor=actor,
        action="forum.board_audience",
        target=board,
        changes={"audience": (old, audience)},
        reason=reason,
    )
    topics = Topic.objects.filter(board=board)
    topics.update(audience=audience)
    topic_ids = list(topics.values_list("pk", flat=True))
    index_topics(topic_ids, narrowing=is_narrower(audience, old))
    retarget_notices(topic_ids, audience)
    return True


def retarget_notices(topic_ids: list[int], audience: str) -> None:
    """Gives the notices of topics, and of what is in them, their new audience; what was taken down stays nobody's.

    Flags and messages are about what was taken down too: their notices go by the audience alone.
    """
    for start in range(0, len(topic_ids), BATCH):
        some = topic_ids[start : start + BATCH]
        flags = list(Flag.objects.filter(post__topic__in=some).values_list("pk", flat=True))
        messages = list(RelayedMessage.objects.filter(topic__in=some).values_list("pk", flat=True))
        notifications.retarget(target_kind=FLAG_TARGET, target_ids=flags, audience=audience)
        notifications.retarget(target_kind=MESSAGE_TARGET, target_ids=messages, audience=audience)
        topics = Topic.objects.listed().filter(pk__in=some)
        standing = list(topics.values_list("pk", flat=True))
        posts = list(Post.objects.standing().filter(topic__in=standing).values_list("pk", flat=True))
        notifications.retarget(target_kind=TOPIC_TARGET, target_ids=standing, audience=audience)
        notifications.retarget(target_kind=POST_TARGET, target_ids=posts, audience=audience)
