"""What search knows of the forums: topics, with the words of their posts. No author stands in a document.

Only topics that stand belong into the index, and of them only posts that stand.
"""

from collections.abc import Iterable
from typing import cast

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import Vocabulary
from forums.managers import TopicQuerySet
from forums.models import Post, Topic
from forums.permissions import findable_topics
from forums.services.indexing import KIND
from search.documents import Document, DocumentSpec, specs

FACETS: dict[str, str] = {
    Vocabulary.LIFECYCLE_PHASE: "phase",
    Vocabulary.COMPONENT: "component",
    Vocabulary.ACTIVITY: "activity",
    Vocabulary.ROLE_AREA: "role_area",
    Vocabulary.ALLIANCE_TYPE: "alliance_type",
    Vocabulary.PARTNER_TYPE: "partner_type",
}


def topic_document(topic: Topic) -> Document:
    """A topic with the words of its question, its accepted answer and its replies, in this order."""
    return Document(
        kind=KIND,
        object_id=topic.pk,
        version=topic.search_version,
        title=topic.title,
        text="\n\n".join(_words(topic)),
        audience=topic.audience,
        date=topic.last_posted,
        facets=_facets(topic),
        helpful=sum(post.helpful_count for post in topic.posts.all()),
        in_everything=not topic.external_source or topic.external_source == "starter",
    )


def _words(topic: Topic) -> Iterable[str]:
    posts = sorted(
        topic.posts.all(), key=lambda post: (not post.opens, post.pk != topic.accepted_id, post.number)
    )
    yield from (post.words("body") for post in posts)
    yield from (tag.label for tag in topic.tags.all() if tag.approved)


def _facets(topic: Topic) -> dict[str, tuple[str, ...]]:
    """By tags that are terms; they need no approval."""
    found: dict[str, tuple[str, ...]] = {}
    for term in (tag.term for tag in topic.tags.all() if tag.term is not None):
        if name := FACETS.get(term.vocabulary):
            found[name] = (*found.get(name, ()), term.code)
    return found


def _in_index() -> QuerySet[Topic]:
    standing = Prefetch("posts", queryset=Post.objects.standing())
    return Topic.objects.listed().prefetch_related(standing, "tags__term")


def _visible(rows: QuerySet[Topic], reader: object) -> QuerySet[Topic]:
    return findable_topics(cast(TopicQuerySet, rows), reader)


def _for_hits(rows: QuerySet[Topic]) -> QuerySet[Topic]:
    return rows.select_related("board", "author", "external_author")


def register() -> None:
    """Registers the kind; called once from `AppConfig.ready()`."""
    specs.register(
        KIND,
        DocumentSpec(
            kind=KIND,
            label=_("Topic"),
            label_plural=_("Topics"),
            icon="messages-square",
            model=Topic,
            queryset=_in_index,
            to_document=topic_document,
            visible_to=_visible,
            for_hits=_for_hits,
            hit_template="forums/hit_topic.html",
            facets=tuple(FACETS.values()),
        ),
    )
