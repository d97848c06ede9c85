"""How closely somebody follows a topic, worked out from what they chose and what they did.

The rule: what a person set on the topic by hand holds. Else the level comes from the topic's tags, else from its board,
else it is normal; of several tags the most attentive one counts. What they did raises it, never lowers it: their own
topic is watched, one they replied in or opened twice is tracked. Asking writes no follow, with a name or without: it is
read from the topic, or from the one table that knows, so that no row of a follow tells who asked without a name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q

from forums.choices import FollowKind, Level
from forums.models import Follow, ReadMark, Topic
from forums.unnamed import Own, asker_to_tell, own_of

RANKS = {level: rank for rank, level in enumerate(reversed(Level))}
OPENINGS_TO_TRACK = 2


class Because(StrEnum):
    """Why a level holds."""

    CHOSEN = "chosen"
    ASKED = "asked"
    TOOK_PART = "took_part"
    TAG = "tag"
    BOARD = "board"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """A level and its reason."""

    level: Level = Level.NORMAL
    because: Because = Because.NOTHING

    @property
    def counts(self) -> bool:
        """Whether new posts of a topic that was opened are counted."""
        return self.level in (Level.WATCHING, Level.TRACKING)

    @property
    def muted(self) -> bool:
        """Whether nothing of it is counted or told."""
        return self.level == Level.MUTED


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a reader read a topic, and how often they opened it."""

    number: int
    opened: int


@dataclass(slots=True)
class _Known:
    """What is known of one person and one topic: what they chose, what the portal keeps for them, what they did."""

    chosen: Level | None = None
    kept: Level | None = None
    tags: list[Level] = field(default_factory=list)
    board: Level | None = None
    asked: bool = False
    returned: bool = False


@dataclass(slots=True)
class Chosen:
    """All levels of one reader, as rows of `Follow` by kind and object."""

    rows: dict[tuple[str, int], Follow] = field(default_factory=dict)

    def level(self, kind: FollowKind, object_id: int) -> Level:
        """The level set on a board, tag or topic itself; normal where nothing was set."""
        row = self.rows.get((kind, object_id))
        return Level(row.level) if row is not None else Level.NORMAL

    def ids(self, kind: FollowKind) -> list[int]:
        """The boards, tags or topics that have a level."""
        return [object_id for found, object_id in self.rows if found == kind]


def chosen_by(reader: object) -> Chosen:
    """What a reader set. One query; its rows grow with what one person follows, with nothing else."""
    rows = Follow.objects.filter(user=getattr(reader, "pk", None))
    return Chosen({(row.kind, row.object_id): row for row in rows})


def marks_of(reader: object, topic_ids: Collection[int]) -> dict[int, Mark]:
    """How far the reader read each of these topics; those never opened are left out. One query."""
    rows = ReadMark.objects.filter(user=getattr(reader, "pk", None), topic__in=topic_ids)
    return {pk: Mark(number, opened) for pk, number, opened in rows.values_list("topic", "number", "opened")}


def standings(
    reader: object,
    topics: Iterable[Topic],
    *,
    chosen: Chosen,
    marks: Mapping[int, Mark],
    own: Own | None = None,
    tags: Mapping[int, Iterable[int]] | None = None,
) -> dict[int, Standing]:
    """The standing of each topic by its number. What the caller does not know is read: two queries at most."""
    topics = list(topics)
    own = own or own_of(reader)
    tags = _followed_tags(topics, chosen) if tags is None else tags
    pk = getattr(reader, "pk", None)
    found = {}
    for topic in topics:
        known = _Known(asked=own.asked(topic) or (topic.author_id is not None and topic.author_id == pk))
        known.returned = topic.pk in marks and marks[topic.pk].opened >= OPENINGS_TO_TRACK
        touching = [(FollowKind.TOPIC, topic.pk), (FollowKind.BOARD, topic.board_id)]
        touching += [(FollowKind.TAG, tag) for tag in tags.get(topic.pk, ())]
        for key in touching:
            if key in chosen.rows:
                _note(known, chosen.rows[key])
        found[topic.pk] = _decided(known)
    return found


def standing_of(reader: object, topic: Topic) -> Standing:
    """The level at which the reader follows one topic, and why. Four queries at most."""
    marks = marks_of(reader, [topic.pk])
    return standings(reader, [topic], chosen=chosen_by(reader), marks=marks)[topic.pk]


def levels_about(topic: Topic) -> dict[int, Level]:
    """Everybody who chose or did something that touches the topic, with the level that follows. Constant queries.

    Whoever is not named follows at normal. Holds people who may no longer see the topic: the caller asks that.
    """
    people = _known_about(topic)
    asker = asker_to_tell(topic)
    if asker is not None:
        people.setdefault(asker, _Known()).asked = True
    return {pk: _decided(known).level for pk, known in people.items()}


def _followed_tags(topics: list[Topic], chosen: Chosen) -> Mapping[int, list[int]]:
    """Of each topic the tags that have a level."""
    found: dict[int, list[int]] = defaultdict(list)
    followed = chosen.ids(FollowKind.TAG)
    if followed:
        links = Topic.tags.through.objects.filter(topic__in=[topic.pk for topic in topics], tag__in=followed)
        for topic_id, tag_id in links.values_list("topic", "tag"):
            found[topic_id].append(tag_id)
    return found


def _known_about(topic: Topic) -> dict[int, _Known]:
    tags = list(topic.tags.values_list("pk", flat=True))
    touching = (
        Q(kind=FollowKind.TOPIC, object_id=topic.pk)
        | Q(kind=FollowKind.TAG, object_id__in=tags)
        | Q(kind=FollowKind.BOARD, object_id=topic.board_id)
    )
    people: dict[int, _Known] = {}
    for follow in Follow.objects.filter(touching):
        _note(people.setdefault(follow.user_id, _Known()), follow)
    marks = ReadMark.objects.filter(topic=topic, opened__gte=OPENINGS_TO_TRACK)
    for user_id in marks.values_list("user", flat=True):
        people.setdefault(user_id, _Known()).returned = True
    return people


def _note(known: _Known, follow: Follow) -> None:
    level = Level(follow.level)
    if follow.kind == FollowKind.TAG:
        known.tags.append(level)
    elif follow.kind == FollowKind.BOARD:
        known.board = level
    elif follow.by_hand:
        known.chosen = level
    else:
        known.kept = level


def _decided(known: _Known) -> Standing:
    if known.chosen is not None:
        return Standing(known.chosen, Because.CHOSEN)
    standing = Standing(Level.NORMAL, Because.NOTHING)
    if known.tags:
        standing = Standing(max(known.tags, key=RANKS.__getitem__), Because.TAG)
    elif known.board is not None:
        standing = Standing(known.board, Because.BOARD)
    for holds, level, because in (
        (known.returned, Level.TRACKING, Because.TOOK_PART),
        (known.kept is not None, known.kept or Level.NORMAL, Because.TOOK_PART),
        (known.asked, Level.WATCHING, Because.ASKED),
    ):
        if holds and RANKS[level] > RANKS[standing.level]:
            standing = Standing(level, because)
    return standing
