"""Imports the threads of a dump into a board: idempotent by the source's own keys, one transaction a thread.

A thread that did not change since it was imported is left alone; one that did is written anew in its place, with its
number kept, so that links stay right; what facilitators took down stays down. Nobody is told: what is imported happened elsewhere, long ago. Authors are external
ones, outside the directory; votes of the source stand apart from ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from core.services.record import record
from forums.choices import SourceFormat, TopicKind
from forums.importing.stack_exchange import Contribution, Dump, Thread
from forums.models import Board, ExternalAuthor, Post, Topic, TopicLink
from forums.models.topic import TITLE_LENGTH
from forums.services.indexing import index_topics
from forums.services.tags import LONGEST, MOST, find_or_make_tags

UNKNOWN = "Somebody"
BATCH = 50
ASIDE = 1_000_000
"""Added to the numbers of a thread that is written anew, so that no two meet."""
ACTION = "forum.import"


@dataclass(slots=True)
class ForumImport:
    """What came of an import. `rejected` counts threads by the reason."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    posts: int = 0
    links: int = 0
    rejected: int = 0


def import_forum(
    dump: Dump,
    *,
    board: Board,
    source: str,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> ForumImport:
    """Brings in all threads of a dump. With `dry_run` everything is counted and nothing written."""
    report = ForumImport()
    imported = Topic.objects.filter(external_source=source)
    known = dict(imported.values_list("external_key", "content_hash"))
    authors = {} if dry_run else _authors(dump, source)
    waiting: list[int] = []
    for done, thread in enumerate(dump.threads, start=1):
        if not thread.title:
            report.rejected += 1
        elif known.get(thread.key) == thread.digest:
            report.unchanged += 1
        else:
            _count(report, thread, is_known=thread.key in known)
            if not dry_run:
                waiting.append(_write(thread, board=board, source=source, authors=authors).pk)
        if len(waiting) >= BATCH:
            index_topics(waiting)
            waiting.clear()
        progress(done)
    index_topics(waiting)
    if not dry_run:
        report.links = _link(dump, source)
        record(actor=None, action=ACTION, target=board, origin=source)
    return report


def _count(report: ForumImport, thread: Thread, *, is_known: bool) -> None:
    report.posts += len(thread.posts)
    if is_known:
        report.updated += 1
    else:
        report.created += 1


def _authors(dump: Dump, source: str) -> dict[str, ExternalAuthor]:
    keys = {post.author for thread in dump.threads for post in thread.posts}
    ExternalAuthor.objects.bulk_create(
        [
            ExternalAuthor(source=source, external_key=key, name=(dump.names.get(key) or UNKNOWN)[:120])
            for key in sorted(keys)
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    return {author.external_key: author for author in ExternalAuthor.objects.filter(source=source)}


@transaction.atomic
def _write(thread: Thread, *, board: Board, source: str, authors: Mapping[str, ExternalAuthor]) -> Topic:
    topic = Topic.objects.filter(external_source=source, external_key=thread.key).first()
    topic = topic or Topic(external_source=source, external_key=thread.key, board=board)
    opening = thread.posts[0]
    topic.title, topic.kind = thread.title[:TITLE_LENGTH], TopicKind.QUESTION
    topic.audience = topic.board.audience
    topic.external_author = authors[opening.author]
    topic.created, topic.last_posted = opening.created, max(post.created for post in thread.posts)
    topic.locked, topic.accepted = thread.closed, None
    topic.content_hash = thread.digest
    topic.save()
    topic.tags.set(find_or_make_tags([tag[:LONGEST] for tag in thread.tags[:MOST]], approved=True))
    _write_posts(topic, thread.posts, authors, accepted=thread.accepted)
    return topic


def _write_posts(
    topic: Topic,
    posts: Sequence[Contribution],
    authors: Mapping[str, ExternalAuthor],
    *,
    accepted: str,
) -> None:
    """Posts that exist are changed in their place, so that what members keep of them stays theirs."""
    topic.posts.update(number=F("number") + ASIDE)
    standing = {post.external_key: post for post in topic.posts.exclude(external_key="")}
    written: dict[str, Post] = {}
    for comments in (False, True):  # what comments stand at is there before them
        rows = []
        for number, contribution in enumerate(posts, start=1):
            if contribution.is_comment is comments:
                post = standing.pop(contribution.key, None)
                post = post or Post(topic=topic, external_key=contribution.key)
                post.number, post.parent = number, written.get(contribution.parent)
                _fill(post, contribution, authors[contribution.author])
                rows.append(post)
        _save(rows)
        written |= {post.external_key: post for post in rows}
    Post.objects.filter(pk__in=[post.pk for post in standing.values()]).delete()
    added = _follow_on(topic, after=len(posts))
    topic.last_number = len(posts) + len(added)
    topic.last_posted = max([topic.last_posted, *(post.created for post in added)])
    _count_standing(topic, written.get(accepted))
    topic.save(update_fields=["accepted", "last_number", "reply_count", "first_reply", "last_posted"])


def _count_standing(topic: Topic, answer: Post | None) -> None:
    """A post that was taken down here is accepted nowhere and counted nowhere, whatever the source says."""
    replies = topic.posts.standing().filter(number__gt=1).order_by("number")
    topic.reply_count = replies.count()
    topic.first_reply = replies.values_list("created", flat=True).first()
    stands = answer is not None and answer.hidden is None and answer.deleted is None
    topic.accepted = answer if stands else None


def _follow_on(topic: Topic, *, after: int) -> list[Post]:
    """Lets what members added stand below what was imported, in its order; returns these posts."""
    added = list(topic.posts.filter(external_key="").order_by("number"))
    for number, post in enumerate(added, start=after + 1):
        post.number = number
        post.save(update_fields=["number"])
    return added


def _save(posts: Sequence[Post]) -> None:
    for post in posts:
        if post.pk:
            post.save()
    Post.objects.bulk_create([post for post in posts if not post.pk], batch_size=200)


def _fill(post: Post, contribution: Contribution, author: ExternalAuthor) -> None:
    post.external_author = author
    post.body = contribution.body
    post.source_format = SourceFormat.MARKDOWN if contribution.is_comment else SourceFormat.HTML
    post.can_be_accepted = not contribution.is_comment
    post.created = contribution.created
    post.imported_helpful = contribution.helpful
    post.render_texts()


def _link(dump: Dump, source: str) -> int:
    """The pairs that the source calls duplicates."""
    topics = dict(Topic.objects.filter(external_source=source).values_list("external_key", "pk"))
    pairs = [
        TopicLink(topic_id=topics[one], other_id=topics[other])
        for one, other in dump.duplicates
        if one in topics and other in topics
    ]
    TopicLink.objects.bulk_create(pairs, ignore_conflicts=True)
    return len(pairs)
