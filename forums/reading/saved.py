"""What a reader kept: posts they may still see, the newest first, a page at a time."""

from dataclasses import dataclass

from core.pagination import KeysetPage, keyset_page
from forums.bylines import Byline, byline
from forums.models import Bookmark, Post
from people.models import User

PAGE = 25
EXCERPT = 240


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A kept post."""

    post: Post
    by: Byline
    excerpt: str
    kept: Bookmark


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page of kept posts."""

    rows: list[SavedRow]
    page: KeysetPage[Bookmark]


def saved_page(reader: User, *, cursor: str | None = None) -> SavedPage:
    """One query."""
    visible = Post.objects.visible_to(reader)
    kept = Bookmark.objects.filter(user=reader, post__in=visible.values("pk"))
    joined = kept.select_related("post__topic__board", "post__author", "post__external_author")
    page = keyset_page(joined, by="created", cursor=cursor, size=PAGE)
    return SavedPage([_row(bookmark) for bookmark in page.rows], page)


def excerpt_of(post: Post) -> str:
    """The beginning of a post, cut between words."""
    words = " ".join(post.words("body").split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


def _row(kept: Bookmark) -> SavedRow:
    return SavedRow(kept.post, byline(kept.post), excerpt_of(kept.post), kept)
