"""A window of a topic: 25 posts by their numbers, the accepted answer, what is new, who takes part.

Numbers run without gaps, so a window is found by its first number alone and page 40 costs what page 1 costs. What was
taken down keeps its number: whoever may not see it gets a line that says so, and no word of it reaches the template.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, Min, OuterRef, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from forums.bylines import Byline, byline, initials_of
from forums.follows import Mark, Standing, chosen_by, marks_of, standings
from forums.managers import Counted, TopicQuerySet
from forums.models import Attachment, Bookmark, HelpfulVote, Post, ReadMark, RelayedMessage, Tag, Topic
from forums.permissions import (
    may_accept_when,
    may_edit_when,
    may_keep_topic,
    may_read_post,
    may_reply,
    may_restore_when,
    may_take_down_when,
    may_vote,
)
from forums.presentation import REASONS, audience_words, duration
from forums.reading.messages import messages_for
from forums.reading.pager import Pager
from forums.unnamed import Own, own_of
from people.api import tone_of
from people.models import User

WINDOW = 25
FACES = 12
JOINED = ("author__profile", "external_author", "parent__author", "parent__external_author")
READ = (
    "topic",
    "number",
    "unnamed",
    "body",
    "rendered",
    "rendered_with",
    "source_format",
    "can_be_accepted",
    "created",
    "edited",
    "edit_count",
    "hidden",
    "deleted",
    "deleted_by",
    "helpful_count",
    "author__name",
    "author__profile__job_title",
    "author__profile__city",
    "external_author__name",
    "parent__unnamed",
    "parent__author__name",
    "parent__external_author__name",
)
"""What a post shows and is judged by. A whole person is read for none: a profile has forty columns."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as a reader sees it. Where they may not see it, there is no `post`, only its number."""

    number: int
    post: Post | None = None
    by: Byline | None = None
    quoted: Byline | None = None
    is_answer: bool = False
    opens_new: bool = False
    """The line "New since you were here" stands before it."""
    is_own: bool = False
    has_voted: bool = False
    is_kept: bool = False
    may_edit: bool = False
    may_accept: bool = False
    may_vote: bool = False
    may_take_down: bool = False
    restorable: int = 0
    """The number of the post in the database, where the reader may bring it back."""
    label: str = ""
    """What the post is called by those who hear the page."""
    path: str = ""
    """The permanent address of the post; what is done with it stands below: see forums/urls.py."""

    @property
    def is_taken(self) -> bool:
        """Whether only some see it."""
        return self.post is not None and (self.post.deleted is not None or self.post.hidden is not None)

    @property
    def place(self) -> str:
        """Where it stands, to be added to the address of the topic."""
        return f"?from={self.number}#post-{self.number}"


def topics_with_readers(reader: object) -> TopicQuerySet:
    """Topics for their pages: with board and author, and with how many people have opened each (`readers`)."""
    rows = Topic.objects.visible_to(reader).select_related("board", "author", "external_author")
    return rows.annotate(
        readers=Counted(ReadMark.objects.filter(topic=OuterRef("pk")).order_by().values("pk")),
        has_messages=Exists(RelayedMessage.objects.filter(topic=OuterRef("pk"))),
    )


def window_of(number: int) -> int:
    """The first number of the window in which a post stands."""
    return (max(1, number) - 1) // WINDOW * WINDOW + 1


class TopicPage:
    """One window of a topic for one reader. Reads when asked, and once."""

    def __init__(self, topic: Topic, reader: User, *, number: int = 1) -> None:
        self.topic, self.reader = topic, reader
        self.first = window_of(min(number, topic.last_number))
        self.last = min(self.first + WINDOW - 1, topic.last_number)

    @cached_property
    def mark(self) -> Mark | None:
        """How far the reader had read when they came."""
        return marks_of(self.reader, [self.topic.pk]).get(self.topic.pk)

    @cached_property
    def standing(self) -> Standing:
        """How closely the reader follows it, and why."""
        topic = self.topic
        found = standings(
            self.reader,
            [topic],
            chosen=chosen_by(self.reader),
            marks={topic.pk: self.mark} if self.mark else {},
            own=self.own,
            tags={topic.pk: [tag.pk for tag in self.tags]},
        )
        return found[topic.pk]

    @cached_property
    def tags(self) -> list[Tag]:
        """Approved ones."""
        return list(Tag.objects.filter(topics=self.topic, approved=True).select_related("term"))

    @property
    def because(self) -> str:
        """Why, in words."""
        return str(REASONS[self.standing.because])

    @cached_property
    def own(self) -> Own:
        """What the reader wrote without a name; nothing here, where nobody did."""
        return own_of(self.reader) if self.topic.unnamed else Own({})

    @cached_property
    def asked(self) -> bool:
        """Whether the reader asked, with a name or without."""
        if self.topic.unnamed:
            return self.own.asked(self.topic)
        return self.topic.author_id is not None and self.topic.author_id == self.reader.pk

    @cached_property
    def messages(self) -> list[RelayedMessage]:
        """What facilitators wrote to the reader, who asked this without a name; the newest first, on the first page."""
        if self.first > 1 or not getattr(self.topic, "has_messages", False) or not self.asked:
            return []
        return list(messages_for(self.reader).filter(topic=self.topic))

    @property
    def ends_in_own(self) -> bool:
        """Whether the reader wrote the last post, without a name."""
        return self.own.ends(self.topic)

    @cached_property
    def first_unread(self) -> int:
        """The number of the first post not read yet; 0 where the topic was never opened or all is read."""
        if self.mark is None or self.mark.number >= self.topic.last_number:
            return 0
        return self.mark.number + 1

    @cached_property
    def _posts(self) -> list[Post]:
        """The posts of the window and the accepted answer, with what the reader did with each. One query or two."""
        of_reader = {"user": self.reader, "post": OuterRef("pk")}
        wanted = Q(number__gte=self.first, number__lte=self.last)
        if self.first == 1 and self.topic.accepted_id is not None:
            wanted |= Q(pk=self.topic.accepted_id)
        posts = (
            Post.objects.filter(wanted, topic=self.topic)
            .select_related(*JOINED)
            .only(*READ)
            .annotate(
                has_voted=Exists(HelpfulVote.objects.filter(**of_reader)),
                is_kept=Exists(Bookmark.objects.filter(**of_reader)),
                has_files=Exists(Attachment.objects.filter(post=OuterRef("pk"))),
            )
            .order_by("number")
        )
        found = list(posts)
        for post in found:
            post.topic = self.topic
        with_files = [post for post in found if getattr(post, "has_files", False)]
        prefetch_related_objects(with_files, "attachments")
        return found

    @cached_property
    def lifted(self) -> PostRow | None:
        """The accepted answer as it stands under the question, on the first page only."""
        if self.first != 1:
            return None
        row = next((self._row(post) for post in self._posts if post.pk == self.topic.accepted_id), None)
        return row if row is not None and row.post is not None else None

    @cached_property
    def opening(self) -> PostRow | None:
        """The post that opens the topic, on the first page only."""
        return self._row(self._posts[0]) if self.first == 1 and self._posts else None

    @cached_property
    def rows(self) -> list[PostRow]:
        """The other posts of the window. The accepted answer is not said twice on one page."""
        lifted = self.lifted.number if self.lifted else 0
        return [
            self._row(post)
            for post in self._posts
            if self.first <= post.number <= self.last and post.number not in (1, lifted)
        ]

    @property
    def shown_rows(self) -> list[PostRow]:
        """All posts of the page."""
        return [row for row in (self.opening, self.lifted, *self.rows) if row is not None]

    @property
    def pager(self) -> Pager:
        """The windows around this one."""
        total = self.topic.last_number
        return Pager(
            first=self.first,
            last=self.last,
            total=total,
            page=self.first // WINDOW + 1,
            pages=(total - 1) // WINDOW + 1,
            earlier=self.first - WINDOW if self.first > 1 else 0,
            later=self.first + WINDOW if self.last < total else 0,
            first_unread=self.first_unread,
        )

    @cached_property
    def participants(self) -> list[Byline]:
        """Who wrote here, in the order in which they came; whoever asked without a name is one of them, nameless."""
        people = Post.objects.standing().filter(topic=self.topic).order_by()
        seen = people.values("author", "author__name", "external_author__name", "unnamed")
        return [_participant(row) for row in seen.annotate(first=Min("number")).order_by("first")[:FACES]]

    @property
    def first_answer(self) -> str:
        """How long the first reply took, in words; empty while there is none."""
        reply = self.topic.first_reply
        return duration(reply - self.topic.created) if reply else ""

    @property
    def may_reply(self) -> bool:
        """Whether the reader may add a post."""
        return may_reply(self.reader, self.topic)

    @property
    def may_keep(self) -> bool:
        """Whether the reader keeps order here."""
        return may_keep_topic(self.reader, self.topic)

    @property
    def audience(self) -> str:
        """Who sees what is written here, in words."""
        return audience_words(self.topic.audience)

    def _row(self, post: Post) -> PostRow:
        owns = post.pk in self.own.posts or (post.author_id is not None and post.author_id == self.reader.pk)
        restorable = post.pk if may_restore_when(self.reader, post, owns=owns) else 0
        if not may_read_post(self.reader, post):
            return PostRow(post.number, opens_new=post.number == self.first_unread, restorable=restorable)
        by = byline(post, in_topic=True, full=True)
        return PostRow(
            number=post.number,
            post=post,
            by=by,
            quoted=byline(post.parent, in_topic=True) if post.parent else None,
            is_answer=post.pk == self.topic.accepted_id,
            opens_new=post.number == self.first_unread,
            is_own=owns,
            has_voted=getattr(post, "has_voted", False),
            is_kept=getattr(post, "is_kept", False),
            may_edit=may_edit_when(self.reader, post, owns=owns),
            may_accept=may_accept_when(self.reader, post, owns_topic=self.asked),
            may_vote=may_vote(self.reader, post, owns=owns),
            may_take_down=may_take_down_when(self.reader, post, owns=owns),
            restorable=restorable,
            label=_label(post, by, is_answer=post.pk == self.topic.accepted_id),
            path=self._paths.format(post.pk),
        )

    @cached_property
    def _paths(self) -> str:
        """Addresses of posts, made once: a page has a hundred and fifty."""
        return reverse("forums:post", args=[0]).replace("/0/", "/{}/")


def _label(post: Post, by: Byline, *, is_answer: bool) -> str:
    if is_answer:
        return _("Accepted answer by %(name)s") % {"name": by.name}
    if post.number == 1:
        return _("Opened by %(name)s") % {"name": by.name}
    return _("Post %(number)d by %(name)s") % {"number": post.number, "name": by.name}


def _participant(row: dict[str, object]) -> Byline:
    if row["unnamed"]:
        return byline(Post(unnamed=True), in_topic=True)
    name = str(row["author__name"] or row["external_author__name"] or "")
    author = row["author"]
    tone = tone_of(author) if isinstance(author, int) else "external"
    return Byline(name, initials_of(name), tone)
