"""The one door to who wrote without a name, besides the audited look of facilitators.

Invariants: nothing here returns a person to a page, an index, a log or an audit row. A reader is told what is their own;
notices learn whom to tell, and tell that person alone. Facilitators write through forums.services.relay and look through
forums.services.read_who_asked; each leaves an audit row. Only who asked without a name writes without a name in that
topic, so one person is behind all unnamed posts of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from forums.models import Post, Topic, UnnamedAuthor


def remember(post: Post, user_id: int) -> None:
    """Keeps who wrote an unnamed post; called by the services that post and by the starter loader."""
    UnnamedAuthor.objects.create(post=post, user_id=user_id)


def own_posts(reader: object) -> QuerySet[UnnamedAuthor, int]:
    """The numbers of the reader's own unnamed posts, as a subquery."""
    return UnnamedAuthor.objects.filter(user=_pk(reader)).values_list("post", flat=True)


def own_topics(reader: object) -> QuerySet[UnnamedAuthor, int]:
    """The numbers of the topics the reader asked without a name, as a subquery."""
    own = UnnamedAuthor.objects.filter(user=_pk(reader), post__number=1)
    return own.values_list("post__topic", flat=True)


@dataclass(frozen=True, slots=True)
class Own:
    """All unnamed posts of one reader: the topic and the number of each, by post."""

    posts: Mapping[int, tuple[int, int]]

    def asked(self, topic: Topic) -> bool:
        """Whether the reader opened the topic without a name."""
        return (topic.pk, 1) in self.posts.values()

    def ends(self, topic: Topic) -> bool:
        """Whether the last post is the reader's own, without a name. They have read it, and no mark says so."""
        return topic.unnamed and (topic.pk, topic.last_number) in self.posts.values()

    def here(self, topic: Topic) -> frozenset[int]:
        """Those in one topic."""
        return frozenset(pk for pk, (topic_id, _number) in self.posts.items() if topic_id == topic.pk)


def own_of(reader: object) -> Own:
    """What a reader wrote without a name. One query; its rows are one person's."""
    rows = UnnamedAuthor.objects.filter(user=_pk(reader)).values_list("post", "post__topic", "post__number")
    return Own({pk: (topic_id, number) for pk, topic_id, number in rows})


def own_post_ids(reader: object) -> frozenset[int]:
    """The numbers of the posts the reader wrote without a name. One query."""
    return frozenset(own_posts(reader))


def is_own(reader: object, post: Post) -> bool:
    """Whether the reader wrote the post, with or without a name."""
    if post.unnamed:
        return own_posts(reader).filter(post=post).exists()
    return post.author_id is not None and post.author_id == _pk(reader)


def asked(reader: object, topic: Topic) -> bool:
    """Whether the reader opened the topic, with or without a name."""
    if topic.unnamed:
        return own_topics(reader).filter(post__topic=topic).exists()
    return topic.author_id is not None and topic.author_id == _pk(reader)


def asked_by(reader: object) -> Q:
    """Topics the reader opened, with or without a name."""
    return Q(author_id=_pk(reader), author__isnull=False) | Q(unnamed=True, pk__in=own_topics(reader))


def written_by(reader: object) -> Q:
    """Posts the reader wrote, with or without a name."""
    return Q(author_id=_pk(reader), author__isnull=False) | Q(unnamed=True, pk__in=own_posts(reader))


def person_to_tell(post: Post) -> int | None:
    """Whose post it is, for notices to that person and for no other use; None for imported ones."""
    if not post.unnamed:
        return post.author_id
    return UnnamedAuthor.objects.filter(post=post).values_list("user", flat=True).first()


def asker_to_tell(topic: Topic) -> int | None:
    """Who opened a topic, as `person_to_tell`."""
    if not topic.unnamed:
        return topic.author_id
    asked_it = UnnamedAuthor.objects.filter(post__topic=topic, post__number=1)
    return asked_it.values_list("user", flat=True).first()


def _pk(reader: object) -> int | None:
    pk: int | None = getattr(reader, "pk", None)
    return pk
