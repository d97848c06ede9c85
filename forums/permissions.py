"""Who may do what in the forums. Every predicate has a queryset twin, and a test proves the two equal.

Reading: the audience first, always; then whether it stands. Facilitators also see what was taken down, and nobody gains
an audience by a role. Writing: what stands may be answered, and changed by whoever wrote it until it is locked or, as an
answer, accepted. Whoever wrote without a name has the same rights over their posts, and no page says so to others.
"""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from core.audiences import tokens_of
from forums.choices import TopicKind
from forums.managers import BoardQuerySet, PostQuerySet, TopicQuerySet, keeps_order
from forums.models import Board, Post, Topic
from forums.unnamed import asked, is_own, own_topics, written_by

RESTORED_WITHIN = timedelta(days=30)


def may_read_board(reader: object, board: Board) -> bool:
    """Twin of `readable_boards`."""
    return board.audience in tokens_of(reader)


def readable_boards(rows: BoardQuerySet, reader: object) -> BoardQuerySet:
    """Twin of `may_read_board`."""
    return rows.visible_to(reader)


def may_open_topic(reader: object, board: Board) -> bool:
    """Whether the reader may ask or tell something here. Twin of `open_boards`."""
    return may_read_board(reader, board) and not board.closed


def open_boards(rows: BoardQuerySet, reader: object) -> BoardQuerySet:
    """Twin of `may_open_topic`."""
    return rows.visible_to(reader).filter(closed=False)


def may_read_topic(reader: object, topic: Topic) -> bool:
    """Twin of `readable_topics`."""
    return topic.audience in tokens_of(reader) and (_stands(topic) or keeps_order(reader))


def readable_topics(rows: TopicQuerySet, reader: object) -> TopicQuerySet:
    """Twin of `may_read_topic`."""
    return rows.visible_to(reader)


def may_find_topic(reader: object, topic: Topic) -> bool:
    """Whether lists and search show it. Twin of `findable_topics`."""
    return topic.audience in tokens_of(reader) and _stands(topic)


def findable_topics(rows: TopicQuerySet, reader: object) -> TopicQuerySet:
    """Twin of `may_find_topic`."""
    return rows.visible_to(reader).listed()


def may_reply(reader: object, topic: Topic) -> bool:
    """What stands and is not locked; facilitators may still say why it is. Twin of `repliable_topics`."""
    return may_find_topic(reader, topic) and (topic.locked is None or keeps_order(reader))


def repliable_topics(rows: TopicQuerySet, reader: object) -> TopicQuerySet:
    """Twin of `may_reply`."""
    found = findable_topics(rows, reader)
    return found if keeps_order(reader) else found.filter(locked=None)


def may_read_post(reader: object, post: Post) -> bool:
    """Twin of `readable_posts`. Its author sees a hidden post, unless it is unnamed: see forums/managers.py."""
    if not may_read_topic(reader, post.topic):
        return False
    named_own = post.author_id is not None and post.author_id == getattr(reader, "pk", None)
    return keeps_order(reader) or (post.deleted is None and (post.hidden is None or named_own))


def readable_posts(rows: PostQuerySet, reader: object) -> PostQuerySet:
    """Twin of `may_read_post`."""
    return rows.visible_to(reader)


def may_edit_post(reader: object, post: Post) -> bool:
    """Twin of `editable_posts`. Imported posts belong to their source."""
    return may_edit_when(reader, post, owns=is_own(reader, post))


def may_edit_when(reader: object, post: Post, *, owns: bool) -> bool:
    """`may_edit_post` for a page that knows which posts are the reader's own."""
    if post.external_author_id is not None or not may_read_post(reader, post):
        return False
    if keeps_order(reader):
        return True
    topic = post.topic
    return owns and post.hidden is None and topic.locked is None and topic.accepted_id != post.pk


def editable_posts(rows: PostQuerySet, reader: object) -> PostQuerySet:
    """Twin of `may_edit_post`."""
    found = rows.visible_to(reader).filter(external_author=None)
    if keeps_order(reader):
        return found
    own = written_by(reader)
    unlocked = found.filter(own, hidden=None, topic__locked=None)
    return unlocked.exclude(topic__accepted__isnull=False, topic__accepted=F("pk"))


def may_accept(reader: object, post: Post) -> bool:
    """Who asked, or a facilitator, takes a reply for the answer. Twin of `acceptable_posts`."""
    return may_accept_when(reader, post, owns_topic=asked(reader, post.topic))


def may_accept_when(reader: object, post: Post, *, owns_topic: bool) -> bool:
    """`may_accept` for a page that knows whether the reader asked."""
    topic = post.topic
    is_answer = post.number > 1 and post.can_be_accepted and topic.kind == TopicKind.QUESTION
    stands = post.deleted is None and post.hidden is None and may_find_topic(reader, topic)
    return is_answer and stands and (owns_topic or keeps_order(reader))


def acceptable_posts(rows: PostQuerySet, reader: object) -> PostQuerySet:
    """Twin of `may_accept`."""
    answers = rows.filter(number__gt=1, can_be_accepted=True, topic__kind=TopicKind.QUESTION).standing()
    found = answers.filter(topic__in=findable_topics(Topic.objects.all(), reader).values("pk"))
    if keeps_order(reader):
        return found
    pk = getattr(reader, "pk", None)
    named = Q(topic__author_id=pk, topic__author__isnull=False)
    return found.filter(named | Q(topic__unnamed=True, topic__in=own_topics(reader)))


def may_take_down(reader: object, post: Post) -> bool:
    """Facilitators anything; authors what they wrote, unless others built on it. Twin of `removable_posts`."""
    return may_take_down_when(reader, post, owns=is_own(reader, post))


def may_take_down_when(reader: object, post: Post, *, owns: bool) -> bool:
    """`may_take_down` for a page that knows which posts are the reader's own."""
    if post.deleted is not None or not may_read_post(reader, post):
        return False
    if keeps_order(reader):
        return True
    topic = post.topic
    built_on = topic.accepted_id == post.pk or (post.number == 1 and topic.last_number > 1)
    return owns and post.hidden is None and topic.locked is None and not built_on


def removable_posts(rows: PostQuerySet, reader: object) -> PostQuerySet:
    """Twin of `may_take_down`."""
    found = rows.visible_to(reader).filter(deleted=None)
    if keeps_order(reader):
        return found
    own = written_by(reader)
    free = found.filter(own, hidden=None, topic__locked=None)
    accepted = Q(topic__accepted__isnull=False, topic__accepted=F("pk"))
    return free.exclude(accepted).exclude(number=1, topic__last_number__gt=1)


def may_restore_when(reader: object, post: Post, *, owns: bool) -> bool:
    """Facilitators of the audience what was taken down; authors what they took down themselves, for 30 days."""
    if post.deleted is None or post.topic.audience not in tokens_of(reader):
        return False
    if keeps_order(reader):
        return True
    by_author = post.deleted_by_id == (None if post.unnamed else getattr(reader, "pk", None))
    return owns and by_author and timezone.now() - post.deleted <= RESTORED_WITHIN


def may_keep_topic(reader: object, topic: Topic) -> bool:
    """Whether the reader pins, closes and moves it. Twin of `kept_topics`."""
    return keeps_order(reader) and may_read_topic(reader, topic)


def kept_topics(rows: TopicQuerySet, reader: object) -> TopicQuerySet:
    """Twin of `may_keep_topic`."""
    return rows.visible_to(reader) if keeps_order(reader) else rows.none()


def may_decide_flags(reader: object, post: Post) -> bool:
    """Facilitators who read the post and did not write it. Twin of `decidable_posts`."""
    return keeps_order(reader) and may_read_post(reader, post) and not is_own(reader, post)


def decidable_posts(rows: PostQuerySet, reader: object) -> PostQuerySet:
    """Twin of `may_decide_flags`."""
    if not keeps_order(reader):
        return rows.none()
    return rows.visible_to(reader).exclude(written_by(reader))


def may_vote(reader: object, post: Post, *, owns: bool) -> bool:
    """Whether the reader may call a post helpful: any that stands and is not their own."""
    return not owns and post.deleted is None and post.hidden is None and may_read_post(reader, post)


def _stands(topic: Topic) -> bool:
    return topic.deleted is None and topic.hidden is None
