"""The texts a post has had, and what changed from one to the next.

Invariants: an unnamed post names nobody, and calls a facilitator who changed it a facilitator. What stood before a post
was changed on account of a flag is read by facilitators alone: what had to go does not stand in the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from core.differences import Piece, pieces
from forums.bylines import Byline, byline, named
from forums.choices import FlagDecision
from forums.managers import keeps_order
from forums.models import Flag, Post, PostRevision


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a post; 1 is the text it was posted with, as far as the reader may go back."""

    number: int
    by: Byline
    created: datetime


@dataclass(frozen=True, slots=True)
class History:
    """All versions, the newest first, and how the `shown` one differs from the one before it."""

    versions: Sequence[Version]
    shown: Version
    title: Sequence[Piece]
    body: Sequence[Piece]
    is_cut: bool
    """Whether earlier texts are kept from the reader."""


def history_of(post: Post, reader: object, *, number: int = 0) -> History | None:
    """The history with a version shown, the newest by default; None where there is no such version. Three queries."""
    kept, is_cut = _revisions(post, reader)
    versions = [_first(post, kept, is_cut=is_cut), *_later(post, kept)]
    number = number or len(versions)
    if not 0 < number <= len(versions):
        return None
    new, old = _text(post, kept, number), _text(post, kept, number - 1) if number > 1 else ("", "")
    unchanged = number == 1 or new[0] == old[0]
    return History(
        versions=versions[::-1],
        shown=versions[number - 1],
        title=[] if unchanged else pieces(old[0], new[0]),
        body=pieces(new[1] if number == 1 else old[1], new[1]),
        is_cut=is_cut,
    )


def _revisions(post: Post, reader: object) -> tuple[list[PostRevision], bool]:
    """What may be read of the earlier texts, the oldest first, and whether there is more."""
    rows = PostRevision.objects.filter(post=post).select_related("editor").order_by("created", "pk")
    found = list(rows)
    if keeps_order(reader):
        return found, False
    after_flag = Flag.objects.filter(post=post, decision=FlagDecision.EDITED).aggregate(Max("decided"))
    since: datetime | None = after_flag["decided__max"]
    kept = [row for row in found if since is None or row.created > since]
    return kept, len(kept) < len(found)


def _first(post: Post, kept: Sequence[PostRevision], *, is_cut: bool) -> Version:
    """The earliest text the reader may see: what was posted, or what the last change on account of a flag left."""
    if not is_cut:
        return Version(1, byline(post, in_topic=True), post.created)
    facilitator = Byline(_("A facilitator"), tone="unnamed")
    last = PostRevision.objects.filter(post=post).exclude(pk__in=[row.pk for row in kept])
    return Version(1, facilitator, last.latest("created", "pk").created)


def _later(post: Post, kept: Sequence[PostRevision]) -> list[Version]:
    return [Version(number, _editor(post, row), row.created) for number, row in enumerate(kept, start=2)]


def _editor(post: Post, row: PostRevision) -> Byline:
    if row.editor is None:
        return byline(post, in_topic=True) if post.unnamed else Byline(_("Somebody"), tone="unnamed")
    return Byline(_("A facilitator"), tone="unnamed") if post.unnamed else named(row.editor)


def _text(post: Post, kept: Sequence[PostRevision], number: int) -> tuple[str, str]:
    """Title and body of a version: a row holds the text that it replaced."""
    if number <= len(kept):
        return kept[number - 1].title, kept[number - 1].body
    return post.topic.title if post.opens else "", post.body
