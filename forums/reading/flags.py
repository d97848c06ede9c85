"""The queue of flags, and decisions as those hear of them who flagged or wrote.

The queue has one entry a post, however many people flagged it, with what was said of it and where it stands; the
confidential ones stand first. Three queries for the entries and their files, however long the queue is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core.audiences import tokens_of
from forums.bylines import Byline, byline
from forums.choices import FlagDecision, FlagReason
from forums.managers import keeps_order
from forums.models import Flag, Post
from forums.permissions import decidable_posts
from forums.unnamed import written_by

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Flagged:
    """A post with its flags."""

    post: Post
    by: Byline
    flags: Sequence[Flag]

    @property
    def is_hidden(self) -> bool:
        """Whether readers do not see it meanwhile."""
        return self.post.hidden is not None

    @property
    def is_confidential(self) -> bool:
        """Whether somebody called it confidential."""
        return any(flag.reason == FlagReason.CONFIDENTIAL for flag in self.flags)


def open_flags(reader: object) -> QuerySet[Flag]:
    """The undecided flags the reader may decide on."""
    posts = decidable_posts(Post.objects.all(), reader)
    return Flag.objects.filter(decision=FlagDecision.OPEN, post__in=posts)


def count_flagged(reader: object) -> int:
    """How many posts wait for the reader's decision; no query for who decides on none."""
    return open_flags(reader).values("post").distinct().count() if keeps_order(reader) else 0


def flagged_posts(reader: object) -> list[Flagged]:
    """What waits: confidential first, then the oldest."""
    rows = open_flags(reader).select_related(
        "reporter", "post__topic__board", "post__author__profile", "post__external_author"
    )
    rows = rows.prefetch_related("post__attachments")
    by_post: dict[int, list[Flag]] = {}
    for flag in rows.order_by("created", "pk")[: SHOWN * 10]:
        by_post.setdefault(flag.post_id, []).append(flag)
    found = [_flagged(flags) for flags in by_post.values()]
    return sorted(found, key=lambda one: not one.is_confidential)[:SHOWN]


def _flagged(flags: list[Flag]) -> Flagged:
    post = flags[0].post
    return Flagged(post=post, by=byline(post, in_topic=True, full=True), flags=flags)


def told_decisions(reader: object) -> QuerySet[Flag]:
    """Decisions on what the reader flagged, and on what they wrote unless it stays; for facilitators all of their audiences."""
    wrote = Q(post__in=Post.objects.filter(written_by(reader)))
    told = Q(reporter_id=getattr(reader, "pk", None)) | (wrote & ~Q(decision=FlagDecision.DISMISSED))
    rows = Flag.objects.filter(post__topic__audience__in=sorted(tokens_of(reader)))
    found = rows.exclude(decision=FlagDecision.OPEN).select_related("post__topic__board")
    return found if keeps_order(reader) else found.filter(told)


def decided_lately(reader: object, limit: int = 10) -> list[Flag]:
    """The last decisions, for whoever keeps order in these audiences."""
    posts = decidable_posts(Post.objects.all(), reader)
    rows = Flag.objects.exclude(decision=FlagDecision.OPEN).filter(post__in=posts)
    return list(rows.select_related("post__topic__board", "decided_by").order_by("-decided", "-pk")[:limit])
