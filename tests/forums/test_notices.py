"""Whom the forums tell: the table of levels and events, what beats what, and who is never told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import facts
from core.audiences import PRACTITIONERS
from core.models import StoredFact
from forums.choices import FlagDecision, FlagReason, FollowKind, Level
from forums.models import Board, Flag, Follow, Post, Topic
from forums.notice_kinds import flags, posts, topics
from forums.notices import WAYS, tell_of_reply, tell_of_topic
from forums.services.accept_answer import accept_answer
from forums.services.change_board_audience import change_board_audience
from forums.services.edit_post import edit_post
from forums.services.follow import follow
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from notifications.api import unread_count, verbs
from notifications.models import MailState, Notice
from people.models import User
from tests.forums.factories import BoardFactory, PostFactory, TagFactory, TopicFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
TABLE: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "follow_levels.yaml").read_text(encoding="utf-8")
)
WAY = {(True, MailState.WAITING): "both", (True, MailState.NONE): "bell"}


def ask(author: User, board: Board, **fields: Any) -> Topic:
    """Posts a question."""
    defaults = {"kind": "question", "title": "How do you split the chair?", "body": "We sit in Basel."}
    return post_topic(author=author, board_id=board.pk, **(defaults | fields))


def reply(author: User, topic: Topic, body: str = "By half-years.", **fields: Any) -> Post:
    return post_reply(author=author, topic_id=topic.pk, body=body, **fields)


def mention(person: User) -> str:
    return f"Ask [@{person.name}](/people/{person.pk}/), who knows."


def told(person: User) -> dict[str, str]:
    """The way in which each verb reached a person since the last time."""
    facts.deliver_waiting()
    assert not StoredFact.objects.exclude(error="").exists()
    rows = Notice.objects.filter(recipient=person)
    found = {notice.verb: WAY[notice.bell, notice.mail] for notice in rows}
    assert len(found) == len(rows)
    rows.delete()
    return found


def quiet() -> None:
    """Forgets what happened so far."""
    facts.deliver_waiting()
    Notice.objects.all().delete()


class Scene:
    """A board with a topic of somebody else's, a reader, and people who act."""

    def __init__(self) -> None:
        self.board = BoardFactory()
        self.reader, self.asker, self.other = UserFactory.create_batch(3)
        self.facilitator = UserFactory(roles=("member", "facilitator"))
        self.topic = ask(self.asker, self.board)

    def at(self, level: str, kind: FollowKind = FollowKind.TOPIC, topic: Topic | None = None) -> None:
        """The reader follows the topic, its board or its first tag at a level."""
        topic = topic or self.topic
        places = {FollowKind.TOPIC: topic.pk, FollowKind.BOARD: topic.board_id}
        place = places[kind] if kind in places else topic.tags.get().pk
        follow(reader=self.reader, kind=kind, object_id=place, level=level)
        quiet()

    def topic_posted(self, level: str) -> None:
        self.at(level, FollowKind.BOARD)
        ask(self.other, self.board)

    def reply_posted(self, level: str) -> None:
        self.at(level)
        reply(self.other, self.topic)

    def replied_to_me(self, level: str) -> None:
        mine = reply(self.reader, self.topic)
        self.at(level)
        reply(self.other, self.topic, parent_id=mine.pk)

    def mentioned(self, level: str) -> None:
        self.at(level)
        reply(self.other, self.topic, mention(self.reader))

    def answer_accepted(self, level: str) -> None:
        own = ask(self.reader, self.board)
        answer = reply(self.other, own)
        self.at(level, topic=own)
        accept_answer(actor=self.facilitator, post_id=answer.pk)

    def my_answer_accepted(self, level: str) -> None:
        answer = reply(self.reader, self.topic)
        self.at(level)
        accept_answer(actor=self.asker, post_id=answer.pk)

    def topic_moved(self, level: str) -> None:
        self.at(level)
        Topic.objects.filter(pk=self.topic.pk).update(board=BoardFactory())
        facts.publish(facts.TopicMoved(topic_id=self.topic.pk, actor_id=self.facilitator.pk))


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.mark.parametrize("level", [level.value for level in Level])
@pytest.mark.parametrize("event", sorted(TABLE))
def test_the_table_of_levels_and_events(scene: Scene, event: str, level: str) -> None:
    act: Callable[[str], None] = getattr(scene, event)
    act(level)
    expected = {} if TABLE[event][level] == "-" else {event: TABLE[event][level]}
    assert told(scene.reader) == expected
    assert told(scene.other).keys() <= {"my_answer_accepted"}


def test_the_table_names_every_event_and_level() -> None:
    assert set(TABLE) == set(WAYS)
    assert all(set(row) == set(Level.values) for row in TABLE.values())
    assert set(WAYS) < set(verbs.keys())


@pytest.mark.parametrize(
    ("board", "tag", "topic", "expected"),
    [
        ("watching", None, None, {"reply_posted": "both"}),
        ("watching", "muted", None, {}),
        ("watching", "muted", "watching", {"reply_posted": "both"}),
        ("muted", "watching", None, {"reply_posted": "both"}),
        ("muted", "watching", "muted", {}),
        ("watching", "watching", "normal", {}),
        ("muted", None, "watching", {"reply_posted": "both"}),
        ("watching", None, "tracking", {}),
    ],
)
def test_a_topic_beats_a_tag_and_a_tag_beats_a_board(
    scene: Scene, board: str | None, tag: str | None, topic: str | None, expected: dict[str, str]
) -> None:
    scene.topic.tags.add(TagFactory())
    for kind, level in ((FollowKind.BOARD, board), (FollowKind.TAG, tag), (FollowKind.TOPIC, topic)):
        if level is not None:
            scene.at(level, kind)
    reply(scene.other, scene.topic)
    assert told(scene.reader) == expected


@pytest.mark.parametrize(
    ("board", "tag", "expected"),
    [
        ("normal", "watching", {"topic_posted": "both"}),
        ("watching", "muted", {}),
        ("muted", "first_post", {"topic_posted": "both"}),
        ("first_post", "normal", {}),
    ],
)
def test_a_new_topic_on_a_tag(scene: Scene, board: str, tag: str, expected: dict[str, str]) -> None:
    label = TagFactory(slug="chair", label="chair")
    scene.topic.tags.add(label)
    follow(reader=scene.reader, kind=FollowKind.BOARD, object_id=scene.board.pk, level=board)
    follow(reader=scene.reader, kind=FollowKind.TAG, object_id=label.pk, level=tag)
    quiet()
    ask(scene.other, scene.board, tags=["chair"])
    assert told(scene.reader) == expected


def test_own_topic_is_watched_and_who_replied_only_tracks(scene: Scene) -> None:
    reply(scene.reader, scene.topic)
    assert told(scene.asker) == {"reply_posted": "both"}
    reply(scene.other, scene.topic)
    assert told(scene.asker) == {"reply_posted": "both"}
    assert told(scene.reader) == {}


def test_one_post_is_told_once_by_the_closest_reason(scene: Scene) -> None:
    mine = reply(scene.reader, scene.topic)
    scene.at("watching")
    reply(scene.other, scene.topic, mention(scene.reader), parent_id=mine.pk)
    assert told(scene.reader) == {"mentioned": "both"}
    reply(scene.other, scene.topic, parent_id=mine.pk)
    assert told(scene.reader) == {"replied_to_me": "both"}


def test_an_edit_tells_only_who_is_mentioned_anew(scene: Scene) -> None:
    scene.at("watching")
    post = reply(scene.other, scene.topic, mention(scene.asker))
    quiet_reader = told(scene.reader)
    assert quiet_reader == {"reply_posted": "both"}
    edit_post(editor=scene.other, post_id=post.pk, body=f"{mention(scene.asker)} {mention(scene.reader)}")
    assert told(scene.reader) == {"mentioned": "both"}
    assert Notice.objects.filter(recipient=scene.asker, verb="mentioned").count() == 1


def test_nobody_is_told_of_their_own_act(scene: Scene) -> None:
    scene.at("watching")
    scene.at("watching", FollowKind.BOARD)
    post = reply(scene.reader, scene.topic, mention(scene.reader))
    reply(scene.reader, scene.topic, parent_id=post.pk)
    own = ask(scene.reader, scene.board, body=mention(scene.reader))
    answer = reply(scene.other, own)
    quiet()
    accept_answer(actor=scene.reader, post_id=answer.pk)
    assert told(scene.reader) == {}


def test_nobody_is_told_of_what_they_may_not_see(scene: Scene) -> None:
    closed = BoardFactory(audience=PRACTITIONERS)
    insider = UserFactory(is_practitioner=True)
    Follow.objects.create(
        user=scene.reader, kind=FollowKind.BOARD, object_id=closed.pk, level=Level.WATCHING, by_hand=True
    )
    topic = ask(insider, closed, body=mention(scene.reader))
    reply(insider, topic, mention(scene.reader))
    assert told(scene.reader) == {}


def test_a_board_that_is_narrowed_takes_its_notices_with_it(scene: Scene) -> None:
    scene.at("watching", FollowKind.BOARD)
    scene.at("watching")
    ask(scene.other, scene.board)
    reply(scene.other, scene.topic)
    facts.deliver_waiting()
    assert unread_count(scene.reader) == 2
    change_board_audience(board_id=scene.board.pk, audience=PRACTITIONERS, actor=None)
    assert unread_count(scene.reader) == 0


def test_a_fact_told_twice_is_told_once(scene: Scene) -> None:
    scene.at("watching")
    scene.at("watching", FollowKind.BOARD)
    topic = ask(scene.other, scene.board)
    post = reply(scene.other, scene.topic)
    facts.deliver_waiting()
    tell_of_topic(facts.TopicPosted(topic_id=topic.pk))
    tell_of_reply(facts.ReplyPosted(post_id=post.pk))
    assert Notice.objects.filter(recipient=scene.reader).count() == 2


def test_what_was_taken_down_meanwhile_is_not_told(scene: Scene) -> None:
    scene.at("watching")
    post = reply(scene.other, scene.topic)
    Post.objects.filter(pk=post.pk).update(hidden=post.created)
    assert told(scene.reader) == {}


def test_who_asked_without_a_name_is_told_and_never_named(scene: Scene) -> None:
    topic = ask(scene.reader, scene.board, unnamed=True)
    answer = reply(scene.other, topic)
    assert told(scene.reader) == {"reply_posted": "both"}
    follow(reader=scene.other, kind=FollowKind.TOPIC, object_id=topic.pk, level="watching")
    reply(scene.reader, topic, mention(scene.reader), parent_id=answer.pk)
    facts.deliver_waiting()
    assert not Notice.objects.filter(recipient=scene.reader).exists()
    assert set(Notice.objects.values_list("verb", "actor")) == {("replied_to_me", None)}
    quiet()
    accept_answer(actor=scene.reader, post_id=answer.pk)
    facts.deliver_waiting()
    assert [(row.recipient, row.actor) for row in Notice.objects.all()] == [(scene.other, None)]


def test_many_followers_cost_as_many_queries_as_three_but_for_their_rows(scene: Scene) -> None:
    costs = []
    for number in (3, 200):
        Follow.objects.bulk_create(
            Follow(
                user=person,
                kind=FollowKind.TOPIC,
                object_id=scene.topic.pk,
                level=Level.WATCHING,
                by_hand=True,
            )
            for person in UserFactory.create_batch(number)
        )
        post = reply(scene.other, scene.topic, mention(scene.asker))
        with CaptureQueriesContext(connection) as asked:
            tell_of_reply(facts.ReplyPosted(post_id=post.pk))
        costs.append(len([query for query in asked if not query["sql"].startswith("INSERT")]))
    assert costs[0] == costs[1] <= 16
    assert Notice.objects.filter(verb="reply_posted").count() == 3 + 203


def flagged(scene: Scene, author: User, decision: str = FlagDecision.OPEN) -> Flag:
    """A flag by somebody else on a post of an author who has muted the topic."""
    post = PostFactory(topic=scene.topic, number=9, author=author)
    follow(reader=author, kind=FollowKind.TOPIC, object_id=scene.topic.pk, level="muted")
    flag = Flag.objects.create(
        post=post,
        reporter=scene.other,
        reason=FlagReason.CONFIDENTIAL,
        decision=decision,
        decided_by=None if decision == FlagDecision.OPEN else scene.facilitator,
    )
    quiet()
    return flag


def test_a_flag_is_told_to_the_facilitators_at_once(scene: Scene) -> None:
    flag = flagged(scene, scene.reader)
    facts.publish(facts.PostFlagged(flag_id=flag.pk))
    assert told(scene.facilitator) == {"post_flagged": "both"}
    assert told(scene.reader) == {}
    assert verbs.get("post_flagged").transactional


@pytest.mark.parametrize(
    ("decision", "author_hears"), [("upheld", True), ("edited", True), ("dismissed", False)]
)
def test_a_decision_reaches_who_flagged_and_whom_it_is_about_though_muted(
    scene: Scene, decision: str, author_hears: bool
) -> None:
    flag = flagged(scene, scene.reader, decision)
    facts.publish(facts.FlagDecided(flag_id=flag.pk))
    expected = {"flag_decided": "both"}
    assert told(scene.other) == expected
    assert told(scene.reader) == (expected if author_hears else {})
    assert told(scene.facilitator) == {}


def test_flags_are_found_again_only_by_who_has_to_do_with_them(scene: Scene) -> None:
    flag = flagged(scene, scene.reader, FlagDecision.UPHELD)
    Post.objects.filter(pk=flag.post_id).update(deleted=flag.created)
    for person in (scene.reader, scene.other, scene.facilitator):
        assert flags([flag.pk], person)[flag.pk].title == scene.topic.title
    assert flags([flag.pk], scene.asker) == {}


def test_topics_and_posts_lead_to_their_very_place_and_only_readers(scene: Scene) -> None:
    narrow = TopicFactory(board=BoardFactory(audience=PRACTITIONERS))
    post = PostFactory(topic=scene.topic, number=5)
    gone = PostFactory(topic=scene.topic, number=6, deleted=post.created)
    found = posts([post.pk, gone.pk], scene.reader)
    assert {pk: target.url for pk, target in found.items()} == {post.pk: f"/forums/posts/{post.pk}/"}
    assert set(topics([scene.topic.pk, narrow.pk], scene.reader)) == {scene.topic.pk}
