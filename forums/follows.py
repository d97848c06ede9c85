"""How closely somebody follows a topic, worked out from what they chose and what they did.

The rule: what a person set on the topic by hand holds. Else the level comes from the topic's tags, else from its board,
else it is normal; of several tags the most attentive one counts. What they did raises it, never lowers it: their own
topic is watched, one they replied in or opened twice is tracked. The asker without a name watches too, known from
forums.unnamed alone, so that no row of a follow tells who asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from forums.choices import FollowKind, Level
from forums.managers import TopicQuerySet
from forums.models import Board, Follow, ReadMark, Topic
from forums.unnamed import asked_by, asker_to_tell

RANKS = {level: rank for rank, level in enumerate(reversed(Level))}
BY_RANK = {rank: level for level, rank in RANKS.items()}
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

    level: Level
    because: Because


@dataclass(slots=True)
class _Known:
    """What is known of one person and one topic: what they chose, what the portal keeps for them, what they did."""

    chosen: Level | None = None
    kept: Level | None = None
    tags: list[Level] = field(default_factory=list)
    board: Level | None = None
    asked: bool = False
    returned: bool = False


def level_of(reader: object, topic: Topic) -> Level:
    """The level at which the reader follows the topic now. One query."""
    return standing_of(with_standing(Topic.objects.filter(pk=topic.pk), reader).get()).level


def standing_of(topic: Topic) -> Standing:
    """The level and why it holds, of a topic that was read through `with_standing`. No query."""
    parts: Any = topic
    return _decided(
        _Known(
            chosen=_level(parts.follow_chosen),
            kept=_level(parts.follow_kept),
            tags=[BY_RANK[parts.follow_tags]] if parts.follow_tags is not None else [],
            board=_level(parts.follow_board),
            asked=parts.follow_asked,
            returned=parts.follow_returned,
        )
    )


def levels_about(topic: Topic) -> dict[int, Level]:
    """Everybody who chose or did something that touches the topic, with the level that follows. Constant queries.

    Whoever is not named follows at normal. Holds people who may no longer see the topic: the caller asks that.
    """
    people = _known_about(topic)
    asker = asker_to_tell(topic)
    if asker is not None:
        people.setdefault(asker, _Known()).asked = True
    return {pk: _decided(known).level for pk, known in people.items()}


def chosen_level(reader: object, kind: FollowKind, object_id: int) -> Level:
    """The level set on a board, tag or topic itself; normal where nothing was set."""
    found = Follow.objects.filter(user_id=getattr(reader, "pk", None), kind=kind, object_id=object_id)
    return Level(found.values_list("level", flat=True).first() or Level.NORMAL)


def board_levels(reader: object, boards: Iterable[Board]) -> Mapping[int, Level]:
    """The levels of many boards in one query; normal where nothing was set."""
    ids = [board.pk for board in boards]
    rows = Follow.objects.filter(
        user_id=getattr(reader, "pk", None), kind=FollowKind.BOARD, object_id__in=ids
    )
    found = dict(rows.values_list("object_id", "level"))
    return {pk: Level(found.get(pk, Level.NORMAL)) for pk in ids}


def with_standing(rows: TopicQuerySet, reader: object) -> TopicQuerySet:
    """Topics with what `standing_of` decides by, and with `follow_rank`, the rank of the reader's level (RANKS)."""
    pk = getattr(reader, "pk", None)
    own = Follow.objects.filter(user_id=pk)
    on_topic = own.filter(kind=FollowKind.TOPIC, object_id=OuterRef("pk"))
    tags = Topic.tags.through.objects.filter(topic=OuterRef(OuterRef("pk"))).values("tag")
    returned = ReadMark.objects.filter(user_id=pk, topic=OuterRef("pk"), opened__gte=OPENINGS_TO_TRACK)
    parts = rows.annotate(
        follow_chosen=_highest(on_topic.filter(by_hand=True)),
        follow_kept=_highest(on_topic.filter(by_hand=False)),
        follow_tags=_highest(own.filter(kind=FollowKind.TAG, object_id__in=Subquery(tags))),
        follow_board=_highest(own.filter(kind=FollowKind.BOARD, object_id=OuterRef("board_id"))),
        follow_asked=Case(When(asked_by(reader), then=True), default=False, output_field=BooleanField()),
        follow_returned=Exists(returned),
    )
    did = Greatest(
        Coalesce("follow_kept", 0),
        Case(When(follow_returned=True, then=RANKS[Level.TRACKING]), default=0),
        Case(When(follow_asked=True, then=RANKS[Level.WATCHING]), default=0),
    )
    above = Coalesce("follow_tags", "follow_board", RANKS[Level.NORMAL])
    return parts.annotate(follow_rank=Coalesce("follow_chosen", Greatest(above, did)))


def _highest(follows: QuerySet[Follow]) -> Subquery:
    ranked = follows.annotate(
        rank=Case(
            *(When(level=level, then=rank) for level, rank in RANKS.items()), output_field=IntegerField()
        )
    )
    return Subquery(ranked.order_by("-rank").values("rank")[:1])


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


def _level(rank: int | None) -> Level | None:
    return None if rank is None else BY_RANK[rank]


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
