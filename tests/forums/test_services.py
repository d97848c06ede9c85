"""The verbs of the forums: what they write, what they refuse, and that nothing of them is done twice."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core.audiences import PRACTITIONERS
from core.models import AuditEntry, StoredFact, Vocabulary
from forums.choices import FollowKind, Level
from forums.models import Board, Follow, HelpfulVote, Post, PostRevision, ReadMark, Tag, Topic
from forums.services.accept_answer import accept_answer
from forums.services.change_board_audience import change_board_audience
from forums.services.edit_post import EditConflict, changed_characters, edit_post, fingerprint
from forums.services.follow import follow
from forums.services.keep_post import keep_post
from forums.services.mark_read import mark_many_read, mark_read, put_back
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from forums.services.vote_helpful import vote_helpful
from people.models import User
from people.roles import Role
from search.models import IndexEntry
from tests.forums.factories import BoardFactory, PostFactory, TopicFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
TITLE = "How do you split the chair?"


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="governance", title="Governance")


@pytest.fixture
def asker() -> User:
    return UserFactory(name="Ilse Koster")


@pytest.fixture
def topic(board: Board, asker: User) -> Topic:
    """A question that was posted by the service."""
    return ask(asker, board)


def ask(author: User, board: Board, **fields: Any) -> Topic:
    """Posts a question."""
    defaults = {"kind": "question", "title": TITLE, "body": "We sit in **Basel**.\n"}
    return post_topic(author=author, board_id=board.pk, **(defaults | fields))


def names_of_facts() -> list[str]:
    return list(StoredFact.objects.order_by("id").values_list("name", flat=True))


def test_a_topic_is_whole(topic: Topic, asker: User) -> None:
    post = topic.posts.get()
    assert (post.number, post.author, post.body) == (1, asker, "We sit in **Basel**.\n")
    assert "<strong>Basel</strong>" in post.shown("body").html
    assert (topic.last_number, topic.reply_count, topic.audience) == (1, 0, "community")
    assert names_of_facts() == ["topic_posted"]
    assert AuditEntry.objects.filter(action="forum.post_topic", actor_id=asker.pk).count() == 1
    assert IndexEntry.objects.get(kind="topic", object_id=topic.pk).title == TITLE
    assert ReadMark.objects.get(user=asker, topic=topic).number == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "Too short"}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"title": "   \n  \t    "}, "title"),
        ({"title": "A title with \x00 in it"}, "title"),
        ({"body": " \n\t "}, "body"),
        ({"body": "\x00"}, "body"),
        ({"body": "é" * 25_001}, "body"),
        ({"kind": "poll"}, "kind"),
        ({"tags": ["1", "2", "3", "4", "5", "6"]}, "tags"),
        ({"tags": ["x" * 61]}, "tags"),
    ],
)
def test_what_is_refused_says_where(board: Board, asker: User, fields: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        ask(asker, board, **fields)
    assert list(refusal.value.message_dict) == [field]
    assert not Topic.objects.exists()


def test_titles_are_trimmed_and_bodies_are_not(board: Board, asker: User) -> None:
    topic = ask(asker, board, title="  How do\nyou   split it?  ", body="  \n indented\r\n\n")
    assert topic.title == "How do you split it?"
    assert topic.posts.get().body == "  \n indented\r\n\n"


def test_a_closed_or_narrow_board_takes_nothing(asker: User) -> None:
    with pytest.raises(ValidationError):
        ask(asker, BoardFactory(closed=True))
    with pytest.raises(Board.DoesNotExist):
        ask(asker, BoardFactory(audience=PRACTITIONERS))


def test_replies_are_numbered_counted_and_tracked(topic: Topic, asker: User) -> None:
    mei = UserFactory()
    first = post_reply(author=mei, topic_id=topic.pk, body="Tie it to the half-year.")
    second = post_reply(author=asker, topic_id=topic.pk, body="We will.", parent_id=first.pk)
    topic.refresh_from_db()
    assert [first.number, second.number] == [2, 3]
    assert (topic.last_number, topic.reply_count, topic.first_reply) == (3, 2, first.created)
    assert second.parent == first
    kept = Follow.objects.get(user=mei, kind=FollowKind.TOPIC, object_id=topic.pk)
    assert (kept.level, kept.by_hand) == (Level.TRACKING, False)
    assert not Follow.objects.filter(user=asker).exists()
    assert names_of_facts() == ["topic_posted", "reply_posted", "reply_posted"]


def test_a_reply_leaves_a_level_chosen_by_hand_alone(topic: Topic) -> None:
    mei = UserFactory()
    follow(reader=mei, kind="topic", object_id=topic.pk, level="muted")
    post_reply(author=mei, topic_id=topic.pk, body="Tie it to the half-year.")
    assert Follow.objects.get(user=mei).level == Level.MUTED


def test_locked_topics_take_replies_of_facilitators_alone(topic: Topic) -> None:
    topic.locked = timezone.now()
    topic.save()
    with pytest.raises(ValidationError):
        post_reply(author=UserFactory(), topic_id=topic.pk, body="One more.")
    assert (
        post_reply(author=UserFactory(roles=(Role.FACILITATOR,)), topic_id=topic.pk, body="Locked.").number
        == 2
    )


def test_terms_become_tags_and_free_words_wait(board: Board, asker: User) -> None:
    from tests.lessons.factories import term

    term(Vocabulary.LIFECYCLE_PHASE, "operate")
    topic = ask(asker, board, tags=["OPERATE", " chair ", "Chair", "会議"])
    tags = {tag.label: tag for tag in topic.tags.all()}
    assert set(tags) == {"Operate", "chair", "会議"}
    assert tags["Operate"].approved
    assert not tags["chair"].approved
    assert tags["chair"].suggested_by == asker
    again = ask(asker, board, title="Another question here", tags=["chair", "会議"])
    assert set(again.tags.all()) == {tags["chair"], tags["会議"]}
    assert Tag.objects.count() == 3


def test_accepting_moves_and_takes_back(topic: Topic, asker: User) -> None:
    first, second = (post_reply(author=UserFactory(), topic_id=topic.pk, body="Answer.") for _ in range(2))
    assert accept_answer(actor=asker, post_id=first.pk)
    assert accept_answer(actor=asker, post_id=second.pk)
    topic.refresh_from_db()
    assert topic.accepted == second
    assert not accept_answer(actor=asker, post_id=second.pk)
    topic.refresh_from_db()
    assert topic.accepted is None
    assert names_of_facts().count("answer_accepted") == 2


def test_only_who_asked_or_a_facilitator_accepts(topic: Topic) -> None:
    mei = UserFactory()
    reply = post_reply(author=mei, topic_id=topic.pk, body="Answer.")
    with pytest.raises(PermissionDenied):
        accept_answer(actor=mei, post_id=reply.pk)
    assert accept_answer(actor=UserFactory(roles=(Role.FACILITATOR,)), post_id=reply.pk)
    with pytest.raises(PermissionDenied):
        accept_answer(actor=mei, post_id=topic.posts.get(number=1).pk)


def test_a_slip_mended_at_once_leaves_no_trace(topic: Topic, asker: User) -> None:
    post = topic.posts.get()
    assert edit_post(editor=asker, post_id=post.pk, body="We sit in **Osaka**.\n")
    post.refresh_from_db()
    assert (post.edit_count, post.edited) == (0, None)
    assert not PostRevision.objects.exists()
    assert "Osaka" in post.shown("body").html
    assert "Osaka" in IndexEntry.objects.get(kind="topic", object_id=topic.pk).text


def test_a_large_or_late_edit_keeps_what_stood_there(topic: Topic, asker: User) -> None:
    post = topic.posts.get()
    assert edit_post(editor=asker, post_id=post.pk, body="x" * 101, title="What is a better title?")
    post.refresh_from_db()
    revision = PostRevision.objects.get()
    assert (revision.title, revision.body, revision.editor) == (TITLE, "We sit in **Basel**.\n", asker)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert edit_post(editor=asker, post_id=post.pk, body="y" + "x" * 100)
    assert PostRevision.objects.count() == 2
    assert not edit_post(editor=asker, post_id=post.pk, body="y" + "x" * 100)
    topic.refresh_from_db()
    assert topic.title == "What is a better title?"


def test_changed_characters_are_counted_between_equal_ends() -> None:
    assert changed_characters("abc", "abc") == 0
    assert changed_characters("abc", "abXc") == 1
    assert changed_characters("aaaa", "aa") == 2
    assert changed_characters("", "four") == 4


def test_the_second_of_two_editors_is_told(topic: Topic, asker: User) -> None:
    post = topic.posts.get()
    seen = fingerprint(post)
    edit_post(editor=UserFactory(roles=(Role.FACILITATOR,)), post_id=post.pk, body="Ours.", seen=seen)
    with pytest.raises(EditConflict):
        edit_post(editor=asker, post_id=post.pk, body="Mine.", seen=seen)
    post.refresh_from_db()
    assert post.body == "Ours."


def test_nobody_edits_what_is_not_theirs_or_was_accepted(topic: Topic, asker: User) -> None:
    mei = UserFactory()
    reply = post_reply(author=mei, topic_id=topic.pk, body="Answer.")
    with pytest.raises(PermissionDenied):
        edit_post(editor=UserFactory(), post_id=reply.pk, body="Mine now.")
    accept_answer(actor=asker, post_id=reply.pk)
    with pytest.raises(PermissionDenied):
        edit_post(editor=mei, post_id=reply.pk, body="After the fact.")
    assert edit_post(
        editor=UserFactory(roles=(Role.FACILITATOR,)), post_id=reply.pk, body="Answer, in order."
    )


def test_one_vote_a_person_and_none_for_oneself(topic: Topic, asker: User) -> None:
    post = topic.posts.get()
    with pytest.raises(PermissionDenied):
        vote_helpful(reader=asker, post_id=post.pk)
    mei = UserFactory()
    assert vote_helpful(reader=mei, post_id=post.pk)
    assert vote_helpful(reader=UserFactory(), post_id=post.pk)
    assert not vote_helpful(reader=mei, post_id=post.pk)
    post.refresh_from_db()
    assert post.helpful_count == HelpfulVote.objects.count() == 1


def test_a_kept_post_is_let_go_again(topic: Topic, asker: User) -> None:
    post = topic.posts.get()
    assert keep_post(reader=asker, post_id=post.pk)
    assert not keep_post(reader=asker, post_id=post.pk)
    with pytest.raises(Post.DoesNotExist):
        keep_post(reader=UserFactory(is_active=False), post_id=post.pk)


def test_marks_go_forward_and_a_visit_counts_once() -> None:
    topic, reader = TopicFactory(replies=9), UserFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mark_read(reader=reader, topic=topic, number=5)
        mark_read(reader=reader, topic=topic, number=3)
        assert (ReadMark.objects.get().number, ReadMark.objects.get().opened) == (5, 1)
        clock.shift(timedelta(hours=1))
        mark_read(reader=reader, topic=topic, number=4)
        assert (ReadMark.objects.get().number, ReadMark.objects.get().opened) == (5, 2)


def test_marking_many_is_undone_exactly() -> None:
    reader, opened, fresh = UserFactory(), TopicFactory(replies=3), TopicFactory(replies=2)
    mark_read(reader=reader, topic=opened, number=2)
    before = mark_many_read(reader=reader, numbers={opened.pk: 4, fresh.pk: 3})
    assert before == {opened.pk: 2, fresh.pk: None}
    assert set(ReadMark.objects.values_list("topic", "number")) == {(opened.pk, 4), (fresh.pk, 3)}
    assert put_back(reader=reader, numbers=before) == 2
    assert list(ReadMark.objects.values_list("topic", "number")) == [(opened.pk, 2)]


def test_narrowing_a_board_narrows_all_of_it_at_once(topic: Topic, board: Board) -> None:
    post, reader = topic.posts.get(), UserFactory()
    assert change_board_audience(board_id=board.pk, audience=PRACTITIONERS, actor=None, reason="Asked for.")
    assert not change_board_audience(board_id=board.pk, audience=PRACTITIONERS, actor=None)
    assert not Topic.objects.visible_to(reader).exists()
    assert not Post.objects.visible_to(reader).filter(pk=post.pk).exists()
    assert IndexEntry.objects.get(kind="topic", object_id=topic.pk).audience == PRACTITIONERS
    assert AuditEntry.objects.get(action="forum.board_audience").reason == "Asked for."
    with pytest.raises(ValidationError):
        change_board_audience(board_id=board.pk, audience="function:nowhere", actor=None)


def test_files_follow_their_post(board: Board, asker: User) -> None:
    from django.core.files.base import ContentFile

    from forums.models import Attachment

    file = Attachment.objects.create(owner=asker, file=ContentFile(b"x", "a.txt"), name="a.txt", size=1)
    foreign = Attachment.objects.create(owner=UserFactory(), file=ContentFile(b"x", "b"), name="b", size=1)
    topic = ask(asker, board, attachments=[file.key, foreign.key])
    assert list(topic.posts.get().attachments.all()) == [file]
    for attachment in (file, foreign):
        attachment.file.delete()


def test_posts_outside_the_topic_are_not_quoted(topic: Topic) -> None:
    elsewhere = PostFactory(topic=TopicFactory(), number=2)
    reply = post_reply(author=UserFactory(), topic_id=topic.pk, body="Yes.", parent_id=elsewhere.pk)
    assert reply.parent is None
