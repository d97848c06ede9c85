"""Twenty equal posts at once make one, and different ones at once get numbers without gaps. On real transactions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forums.models import Post, Topic
from people.models import User
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
