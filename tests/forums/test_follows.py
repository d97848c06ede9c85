"""How closely somebody follows a topic: what they chose beats tags, tags beat the board, and what they did only raises it."""

from itertools import product

import pytest
from pytest_django import DjangoAssertNumQueries

from forums.choices import FollowKind, Level
from forums.follows import (
    Because,
    Standing,
    chosen_by,
    levels_about,
    marks_of,
    standing_of,
    standings,
)
from forums.models import Follow, ReadMark, Topic
from people.models import User
from tests.forums.factories import TagFactory, TopicFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
W, T, F, N, M = Level.WATCHING, Level.TRACKING, Level.FIRST_POST, Level.NORMAL, Level.MUTED
# topic by hand, kept by the portal, tag, board, opened twice -> level
TABLE = [
    (None, None, None, None, False, N),
    (None, None, None, W, False, W),
    (None, None, M, W, False, M),
    (None, None, W, M, False, W),
    (M, None, W, W, False, M),
    (W, None, M, M, False, W),
    (N, T, W, W, True, N),
    (None, T, None, M, False, T),
    (None, T, None, W, False, W),
    (None, None, None, M, True, T),
    (None, None, F, None, True, T),
    (None, None, None, F, False, F),
    (M, T, None, None, True, M),
]


def set_level(
    user: User, kind: FollowKind, object_id: int, level: Level | None, *, by_hand: bool = True
) -> None:
    if level is not None:
        Follow.objects.create(user=user, kind=kind, object_id=object_id, level=level, by_hand=by_hand)


@pytest.mark.parametrize(("hand", "kept", "tag", "board", "twice", "expected"), TABLE)
def test_the_table(
    hand: Level | None,
    kept: Level | None,
    tag: Level | None,
    board: Level | None,
    twice: bool,
    expected: Level,
) -> None:
    topic, reader, label = TopicFactory(), UserFactory(), TagFactory()
    topic.tags.add(label)
    set_level(reader, FollowKind.TOPIC, topic.pk, hand)
    if hand is None:
        set_level(reader, FollowKind.TOPIC, topic.pk, kept, by_hand=False)
    set_level(reader, FollowKind.TAG, label.pk, tag)
    set_level(reader, FollowKind.BOARD, topic.board_id, board)
    if twice:
        ReadMark.objects.create(user=reader, topic=topic, number=1, opened=2)
    assert standing_of(reader, topic).level == expected


def test_pages_and_notices_agree_on_every_combination() -> None:
    """`standings` is what lists go by, `levels_about` what notices go by."""
    reader = UserFactory()
    for hand, tag, board, twice in product((None, W, M), (None, T, M), (None, *Level), (False, True)):
        topic, label = TopicFactory(), TagFactory()
        topic.tags.add(label)
        set_level(reader, FollowKind.TOPIC, topic.pk, hand)
        set_level(reader, FollowKind.TAG, label.pk, tag)
        set_level(reader, FollowKind.BOARD, topic.board_id, board)
        if twice:
            ReadMark.objects.create(user=reader, topic=topic, number=1, opened=2)
    topics = list(Topic.objects.all())
    marks = marks_of(reader, [topic.pk for topic in topics])
    found = standings(reader, topics, chosen=chosen_by(reader), marks=marks)
    for topic in topics:
        assert levels_about(topic).get(reader.pk, Level.NORMAL) == found[topic.pk].level


def test_of_several_tags_the_most_attentive_counts() -> None:
    topic, reader, muted, watched = TopicFactory(), UserFactory(), TagFactory(), TagFactory()
    topic.tags.add(muted, watched)
    set_level(reader, FollowKind.TAG, muted.pk, M)
    set_level(reader, FollowKind.TAG, watched.pk, W)
    assert standing_of(reader, topic).level == W


@pytest.mark.parametrize("unnamed", [False, True])
def test_who_asked_watches_and_no_row_says_so(unnamed: bool) -> None:
    asker = UserFactory()
    topic = TopicFactory(unnamed=unnamed, author=None if unnamed else asker, asker=asker if unnamed else None)
    assert standing_of(asker, topic) == Standing(W, Because.ASKED)
    assert levels_about(topic) == {asker.pk: W}
    assert standing_of(UserFactory(), topic).level == N
    assert not Follow.objects.exists()
    set_level(asker, FollowKind.TOPIC, topic.pk, M)
    assert standing_of(asker, topic).level == M


def test_everybody_about_a_topic_is_found_in_constant_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    topic = TopicFactory(author=UserFactory())
    for level in Level:
        set_level(UserFactory(), FollowKind.BOARD, topic.board_id, level)
    with django_assert_max_num_queries(4):
        assert sorted(levels_about(topic).values()) == sorted([*Level, W])
