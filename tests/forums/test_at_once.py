"""Twenty equal posts at once make one, and different ones at once get numbers without gaps. On real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from core.audiences import PRACTITIONERS
from forums.choices import FlagReason
from forums.models import Post, Topic
from forums.services.accept_answer import accept_answer
from forums.services.change_board_audience import change_board_audience
from forums.services.edit_post import edit_post
from forums.services.flag import flag_post
from forums.services.move_topic import move_topic
from forums.services.post_reply import post_reply
from forums.services.take_down import take_down
from forums.services.vote_helpful import vote_helpful
from people.models import User
from people.roles import Role
from tests.forums.factories import BoardFactory, TopicFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 20
AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


@pytest.fixture
def browsers() -> list[Client]:
    """As many browsers of one person."""
    author: User = UserFactory()
    found = [Client() for _ in range(TIMES)]
    for client in found:
        client.force_login(author)
    return found


def test_twenty_equal_questions_make_one(at_once: AtOnce, browsers: list[Client]) -> None:
    typed = {"kind": "question", "board": BoardFactory().pk, "title": "What is a quorum?", "body": "Half?"}

    def ask(number: int) -> tuple[str, int, int]:
        response = browsers[number].post(reverse("forums:ask"), typed)
        return response["Location"], Topic.objects.count(), Post.objects.count()

    answers = at_once(TIMES, ask)
    assert len(set(answers)) == 1
    assert answers[0][1:] == (1, 1)


def test_twenty_equal_replies_make_one(at_once: AtOnce, browsers: list[Client]) -> None:
    address = TopicFactory().get_absolute_url()

    def reply(number: int) -> tuple[str, int]:
        response = browsers[number].post(address, {"body": "More than half."})
        return response["Location"], Post.objects.count()

    answers = at_once(TIMES, reply)
    assert len(set(answers)) == 1
    assert answers[0][1] == 2


def test_different_replies_at_once_are_numbered_without_gaps(at_once: AtOnce, browsers: list[Client]) -> None:
    topic = TopicFactory()

    def reply(number: int) -> tuple[list[int], int, int]:
        browsers[number].post(topic.get_absolute_url(), {"body": f"Reply {number}."})
        now = Topic.objects.get(pk=topic.pk)
        return list(Post.objects.values_list("number", flat=True)), now.last_number, now.reply_count

    numbers, last, replies = max(at_once(TIMES, reply))
    assert numbers == list(range(1, TIMES + 2))
    assert (last, replies) == (TIMES + 1, TIMES)


@pytest.mark.postgresql
def test_changing_a_post_and_answering_it_do_not_wait_for_each_other_in_a_circle(at_once: AtOnce) -> None:
    person: User = UserFactory()
    topic = TopicFactory(author=person)
    post = topic.posts.get(number=1)
    readers = [UserFactory().pk for _ in range(TIMES)]

    def act(number: int) -> None:
        match number % 4:
            case 0:
                edit_post(editor=User.objects.get(pk=person.pk), post_id=post.pk, body=f"Changed {number}.")
            case 1:
                reader = User.objects.get(pk=readers[number])
                post_reply(author=reader, topic_id=topic.pk, body=f"Said {number}.", parent_id=post.pk)
            case 2:
                vote_helpful(reader=User.objects.get(pk=readers[number]), post_id=post.pk)
            case 3:
                reader = User.objects.get(pk=readers[number])
                flag_post(reporter=reader, post_id=post.pk, reason=FlagReason.WRONG)

    for _round in range(3):
        at_once(TIMES, act)
    assert Topic.objects.get(pk=topic.pk).last_number == 1 + 3 * TIMES // 4


@pytest.mark.postgresql
def test_a_topic_that_is_moved_takes_the_audience_that_its_board_gets_meanwhile() -> None:
    keeper: User = UserFactory(roles=(Role.FACILITATOR,), is_practitioner=True)
    target, topic = BoardFactory(), TopicFactory()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change_board_audience(board_id=target.pk, audience=PRACTITIONERS, actor=None)
            moving = pool.submit(_moved, keeper.pk, topic.pk, target.pk)
            wait([moving], timeout=1)
        moving.result(timeout=20)
    assert Topic.objects.get(pk=topic.pk).audience == PRACTITIONERS


def _moved(keeper_id: int, topic_id: int, board_id: int) -> None:
    try:
        move_topic(actor=User.objects.get(pk=keeper_id), topic_id=topic_id, board_id=board_id)
    finally:
        connection.close()


@pytest.mark.postgresql
def test_an_answer_that_is_taken_down_meanwhile_is_not_accepted() -> None:
    asker: User = UserFactory()
    topic = TopicFactory(author=asker, replies=1, replies__author=UserFactory())
    reply = topic.posts.get(number=2)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            take_down(actor=reply.author, post_id=reply.pk)
            accepting = pool.submit(_accepted, asker.pk, reply.pk)
            wait([accepting], timeout=1)
        with pytest.raises(PermissionDenied):
            accepting.result(timeout=20)
    assert Topic.objects.get(pk=topic.pk).accepted is None


def _accepted(asker_id: int, post_id: int) -> None:
    try:
        accept_answer(actor=User.objects.get(pk=asker_id), post_id=post_id)
    finally:
        connection.close()
