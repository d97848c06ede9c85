"""Lists of topics: the tabs with their counts, and a page of rows. By keyset, newest activity first.

Counting stops at MOST_COUNTED, so that a tab costs the same with a hundred topics and with a hundred thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import Vocabulary
from core.pagination import KeysetPage, keyset_page
from forums.bylines import Byline, byline
from forums.choices import FollowKind, Level
from forums.follows import Chosen, Mark, Standing, chosen_by, marks_of, standings
from forums.managers import Counted, TopicQuerySet
from forums.models import Board, Tag, Topic
from forums.unnamed import Own, asked_by, own_of
from forums.unread import is_new, unread_topics
from people.models import User

PAGE = 25
MOST_COUNTED = 1000


class Tab(StrEnum):
    """What a list shows."""

    ALL = "all"
    UNREAD = "unread"
    UNANSWERED = "unanswered"
    UNSOLVED = "unsolved"
    MINE = "mine"


LABELS: Mapping[Tab, str | Promise] = {
    Tab.ALL: _("All"),
    Tab.UNREAD: _("Unread"),
    Tab.UNANSWERED: _("Unanswered"),
    Tab.UNSOLVED: _("No accepted answer"),
    Tab.MINE: _("Mine"),
}


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A tab with how many topics it holds; `count` reads "1000+" beyond what is counted."""

    code: Tab
    label: str | Promise
    count: str
    current: bool


JOINED = ("board", "author", "external_author", "accepted__author", "accepted__external_author")
SHOWN = (
    "board__slug",
    "board__title",
    "kind",
    "title",
    "audience",
    "unnamed",
    "pinned",
    "locked",
    "created",
    "last_posted",
    "last_number",
    "reply_count",
    "author__name",
    "external_author__name",
    "accepted__unnamed",
    "accepted__hidden",
    "accepted__deleted",
    "accepted__author__name",
    "accepted__external_author__name",
)
"""What a line shows and what its standing is known by. A whole person or post is read for no line: it has many columns."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One line of a list."""

    topic: Topic
    url: str
    by: Byline
    accepted_by: Byline | None
    phase: Tag | None
    tags: list[Tag]
    is_new: bool
    is_unread: bool
    more: int
    """Posts beyond the reader's mark, where they have opened the topic."""


class TopicList:
    """A page of a list for one reader, of one board or tag or of all, and its tabs. Reads when asked, and once."""

    def __init__(
        self,
        reader: User,
        *,
        tab: Tab = Tab.ALL,
        board: Board | None = None,
        tag: Tag | None = None,
        cursor: str | None = None,
    ) -> None:
        self.reader, self.tab, self.board, self.tag, self.cursor = reader, tab, board, tag, cursor

    @cached_property
    def chosen(self) -> Chosen:
        """What the reader follows."""
        return chosen_by(self.reader)

    @cached_property
    def own(self) -> Own:
        """What the reader wrote without a name."""
        return own_of(self.reader)

    @cached_property
    def base(self) -> TopicQuerySet:
        """Topics that the reader may see and nobody took down."""
        rows = Topic.objects.visible_to(self.reader).listed()
        if self.tag is not None:
            rows = rows.filter(pk__in=Topic.tags.through.objects.filter(tag=self.tag).values("topic"))
        return rows if self.board is None else rows.filter(board=self.board)

    @cached_property
    def unread(self) -> list[Topic]:
        """Those that are new or unread for the reader."""
        return unread_topics(self.base, self.reader, chosen=self.chosen, own=self.own)

    @cached_property
    def page(self) -> KeysetPage[Topic]:
        """The topics of the page with the cursors of its neighbours."""
        rows = self._narrowed(self.tab)
        if self._has_pinned:
            rows = rows.filter(pinned=False)
        return keyset_page(with_parts(rows), by="last_posted", cursor=self.cursor, size=PAGE)

    @cached_property
    def pinned(self) -> list[Topic]:
        """What stands before the first page of all topics of a board."""
        if not self._has_pinned or self.cursor:
            return []
        return list(with_parts(self.base.filter(pinned=True)).order_by("-last_posted", "-pk"))

    @cached_property
    def rows(self) -> list[TopicRow]:
        """The lines of the page."""
        topics = [*self.pinned, *self.page.rows]
        return rows_of(topics, self.reader, chosen=self.chosen, own=self.own)

    @cached_property
    def tabs(self) -> list[ShownTab]:
        """The tabs with their counts, of which all but one come with one query."""
        asked = [tab for tab in Tab if tab is not Tab.UNREAD]
        parts = {
            f"in_{tab}": Counted(self._narrowed(tab).order_by().values("pk")[: MOST_COUNTED + 1])
            for tab in asked
        }
        found = (
            User.objects.visible_to(self.reader)
            .filter(pk=self.reader.pk)
            .annotate(**parts)
            .values_list(*parts)
            .get()
        )
        counts = dict(zip(asked, found, strict=True))
        counts[Tab.UNREAD] = len(self.unread)
        return [ShownTab(tab, LABELS[tab], up_to(counts[tab]), tab is self.tab) for tab in Tab]

    @property
    def board_level(self) -> Level:
        """How closely the reader follows the board."""
        return self.chosen.level(FollowKind.BOARD, self.board.pk) if self.board else Level.NORMAL

    @property
    def tag_level(self) -> Level:
        """How closely the reader follows the tag."""
        return self.chosen.level(FollowKind.TAG, self.tag.pk) if self.tag else Level.NORMAL

    @property
    def _has_pinned(self) -> bool:
        return self.board is not None and self.tab is Tab.ALL

    def _narrowed(self, tab: Tab) -> TopicQuerySet:
        match tab:
            case Tab.ALL:
                return self.base
            case Tab.UNREAD:
                return self.base.filter(pk__in=[topic.pk for topic in self.unread])
            case Tab.UNANSWERED:
                return self.base.unanswered()
            case Tab.UNSOLVED:
                return self.base.unsolved()
            case Tab.MINE:
                return self.base.filter(asked_by(self.reader))


def up_to(count: int) -> str:
    """A count as a tab shows it."""
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def with_parts(rows: TopicQuerySet) -> TopicQuerySet:
    """Topics with what a line shows."""
    tags = Prefetch("tags", queryset=Tag.objects.filter(approved=True).select_related("term"))
    return rows.select_related(*JOINED).only(*SHOWN).prefetch_related(tags)


def rows_of(topics: list[Topic], reader: object, *, chosen: Chosen, own: Own) -> list[TopicRow]:
    """Lines for topics read `with_parts`, in their order. One query."""
    marks = marks_of(reader, [topic.pk for topic in topics])
    tags = {topic.pk: [tag.pk for tag in topic.tags.all()] for topic in topics}
    known = standings(reader, topics, chosen=chosen, marks=marks, own=own, tags=tags)
    return [_row(topic, marks.get(topic.pk), known[topic.pk], ends=own.ends(topic)) for topic in topics]


def _row(topic: Topic, mark: Mark | None, standing: Standing, *, ends: bool) -> TopicRow:
    more = max(0, topic.last_number - mark.number) if mark and not ends and not standing.muted else 0
    fresh = is_new(topic, mark) and not ends and not standing.muted
    tags = list(topic.tags.all())
    phase = next(
        (tag for tag in tags if tag.term and tag.term.vocabulary == Vocabulary.LIFECYCLE_PHASE), None
    )
    first = mark.number + 1 if mark and more else 0
    address = topic.get_absolute_url()
    return TopicRow(
        topic=topic,
        url=f"{address}?from={first}#post-{first}" if first else address,
        by=byline(topic),
        accepted_by=byline(topic.accepted) if topic.accepted and _stands(topic) else None,
        phase=phase,
        tags=[tag for tag in tags if tag is not phase],
        is_new=fresh,
        is_unread=fresh or (more > 0 and standing.counts),
        more=more,
    )


def _stands(topic: Topic) -> bool:
    return topic.accepted is not None and topic.accepted.hidden is None and topic.accepted.deleted is None
