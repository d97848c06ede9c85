"""What pages of the forums ask of the database does not depend on how much was written, nor a late page on its place."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from forums.choices import FollowKind, Level
from forums.models import Board, Bookmark, Follow, HelpfulVote, Post, ReadMark, Topic, UnnamedAuthor
from people.models import User
from tests.forums.factories import BoardFactory, TagFactory
from tests.people.factories import UserFactory
from tests.planner import measure_tables

FEW, MANY, REPLIES = 10, 10_000, 1_000
MOST = 15
ADDRESSES = {
    "front page": "/forums/",
    "unread everywhere": "/forums/?tab=unread",
    "board": "/forums/governance/",
    "board, unread": "/forums/governance/?tab=unread",
    "board, unanswered": "/forums/governance/?tab=unanswered",
    "board, no accepted answer": "/forums/governance/?tab=unsolved",
    "board, mine": "/forums/governance/?tab=mine",
    "saved": "/forums/saved/",
    "home": "/",
}


@pytest.fixture(scope="module")
def client_and_counts(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Client, dict[str, int], dict[str, int]]]:
    """Grows a board between two rounds, and leaves nothing of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        reader, author = UserFactory(is_practitioner=True), UserFactory()
        board = BoardFactory(slug="governance")
        client = Client()
        client.force_login(reader)
        grow(board, FEW, reader=reader, author=author)
        few = counts(client)
        grow(board, MANY - FEW, reader=reader, author=author)
        make_long(board, author)
        measure_tables()
        yield client, few, counts(client)
        transaction.set_rollback(True)


def grow(board: Board, number: int, *, reader: User, author: User) -> None:
    """Adds topics of every sort: by the reader, by others, unnamed, read, followed, tagged, kept."""
    now, start = timezone.now(), Topic.objects.count()
    tags = [TagFactory() for _ in range(3)]
    topics = Topic.objects.bulk_create(
        Topic(
            board=board,
            title=f"How do you split the chair, number {place}?",
            audience=board.audience,
            author=None if place % 5 == 0 else reader if place % 7 == 0 else author,
            unnamed=place % 5 == 0,
            created=now - timedelta(hours=place),
            last_posted=now - timedelta(hours=place),
            last_number=2,
            reply_count=place % 3,
        )
        for place in range(start, start + number)
    )
    posts = Post.objects.bulk_create(
        Post(
            topic=topic,
            number=number,
            author=None if topic.unnamed else author,
            unnamed=topic.unnamed,
            body="x",
            created=topic.created,
        )
        for topic in topics
        for number in (1, 2)
    )
    UnnamedAuthor.objects.bulk_create(
        UnnamedAuthor(post=post, user=reader if post.topic_id % 2 else author)
        for post in posts
        if post.unnamed
    )
    links = Topic.tags.through
    links.objects.bulk_create(links(topic=topic, tag=tags[topic.pk % 3]) for topic in topics)
    ReadMark.objects.bulk_create(
        ReadMark(user=reader, topic=topic, number=1 + topic.pk % 2, opened=2) for topic in topics[::4]
    )
    Follow.objects.bulk_create(
        Follow(user=reader, kind=FollowKind.TOPIC, object_id=topic.pk, level=Level.WATCHING)
        for topic in topics[::9]
    )
    Follow.objects.create(user=reader, kind=FollowKind.TAG, object_id=tags[0].pk, level=Level.TRACKING)
    Bookmark.objects.bulk_create(Bookmark(user=reader, post=post) for post in posts[::11])
    HelpfulVote.objects.bulk_create(HelpfulVote(user=reader, post=post) for post in posts[::3])
    for topic, post in zip(topics[::2], posts[1::4], strict=False):
        topic.accepted = post
    Topic.objects.bulk_update(topics[::2], ["accepted"], batch_size=500)


def make_long(board: Board, author: User) -> None:
    """The newest topic gets a thousand replies."""
    topic = longest()
    Post.objects.bulk_create(
        Post(topic=topic, number=number, author=author, body="A reply.", created=topic.created)
        for number in range(3, REPLIES + 3)
    )
    Topic.objects.filter(pk=topic.pk).update(last_number=REPLIES + 2, reply_count=REPLIES)


def longest() -> Topic:
    return Topic.objects.filter(unnamed=True).earliest("pk")


def counts(client: Client) -> dict[str, int]:
    """What each page asks the second time."""
    topic = longest().get_absolute_url()
    return {name: asked(client, address.format(topic=topic))[0] for name, address in ADDRESSES.items()}


def asked(client: Client, address: str) -> tuple[int, list[str]]:
    """How many queries a page takes, and which."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured), [query["sql"] for query in captured.captured_queries]


Measured = tuple[Client, dict[str, int], dict[str, int]]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_asks_the_same_of_10_and_of_10_000_topics(client_and_counts: Measured, name: str) -> None:
    _client, few, many = client_and_counts
    assert few[name] == many[name]
    assert 0 < many[name] <= MOST


@pytest.mark.django_db
@pytest.mark.parametrize("start", [1, 26, 501, 976])
def test_any_page_of_a_long_topic_stays_within_its_budget(client_and_counts: Measured, start: int) -> None:
    """A reader who wrote nothing here reads on, as most do: with the mark that is written."""
    client, topic = client_and_counts[0], longest()
    ReadMark.objects.filter(topic=topic).update(number=start, opened=1)
    assert asked(client, f"{topic.get_absolute_url()}?from={start}")[0] <= MOST


@pytest.mark.django_db
def test_page_40_of_a_long_topic_costs_what_page_1_costs(client_and_counts: Measured) -> None:
    client = client_and_counts[0]
    topic = longest().get_absolute_url()
    first, late = asked(client, f"{topic}?from=1"), asked(client, f"{topic}?from=976")
    assert first[0] == late[0]
    assert not any(re.search(r"\bOFFSET\b", sql) for sql in (*first[1], *late[1]))


@pytest.mark.django_db
def test_no_list_asks_for_an_offset(client_and_counts: Measured) -> None:
    client = client_and_counts[0]
    html = client.get("/forums/governance/").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', html)
    assert older is not None
    _number, queries = asked(client, "/forums/governance/" + older.group(1).replace("&amp;", "&"))
    assert not any(re.search(r"\bOFFSET\b", sql) for sql in queries)
