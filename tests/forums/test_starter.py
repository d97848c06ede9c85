"""The starter forum: six boards for everybody, and as demo twenty-eight topics that look as if people had written them."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from core.models import AuditEntry, StoredFact
from forums.models import Board, Follow, HelpfulVote, Post, ReadMark, Tag, Topic, UnnamedAuthor
from forums.services.load_forum import load_boards, load_topics
from people.models import User
from people.services.load_people import load_people
from search.models import IndexEntry
from tests.lessons.factories import vocabularies

pytestmark = pytest.mark.django_db


def test_boards_are_there_without_demo_people() -> None:
    assert (load_boards(), load_topics()) == (6, 0)
    assert Board.objects.get(slug="people-and-trust").audience == "practitioners"
    assert load_boards() == 0


def test_a_board_that_was_edited_stays_as_it_is() -> None:
    load_boards()
    Board.objects.filter(slug="governance").update(title="Ours", audience="practitioners")
    assert load_boards() == 0
    assert Board.objects.get(slug="governance").title == "Ours"


def test_the_demo_forum() -> None:
    vocabularies()
    load_people()
    load_boards()
    now = timezone.now()
    assert load_topics(now=now) == 28
    assert load_topics(now=now) == 0
    assert Post.objects.count() == 28 + 93
    assert Topic.objects.exclude(accepted=None).count() == 16
    assert sum(Topic.objects.values_list("reply_count", flat=True)) == 93
    for topic in Topic.objects.prefetch_related("posts"):
        posts = list(topic.posts.all())
        assert [post.number for post in posts] == list(range(1, topic.last_number + 1))
        assert now - timedelta(days=113) < topic.created <= topic.last_posted <= now
        assert topic.audience == topic.board.audience
        assert all(post.rendered for post in posts)
    votes = sum(Post.objects.values_list("helpful_count", flat=True))
    assert HelpfulVote.objects.count() == votes > 400
    assert not HelpfulVote.objects.filter(user=F("post__author")).exists()
    assert not Tag.objects.filter(approved=False).exists()
    assert IndexEntry.objects.filter(kind="topic").count() == 28
    assert not StoredFact.objects.exists()


def test_who_asked_without_a_name_stands_in_one_table_alone() -> None:
    vocabularies()
    load_people()
    load_boards()
    load_topics()
    secret = UnnamedAuthor.objects.get()
    topic = secret.post.topic
    asker = User.objects.get(pk=secret.user_id)
    assert (topic.unnamed, topic.author, secret.post.author) == (True, None, None)
    assert not ReadMark.objects.filter(topic=topic, user=asker).exists()
    assert not Follow.objects.filter(object_id=topic.pk, kind="topic", user=asker).exists()
    assert not HelpfulVote.objects.filter(post__topic=topic, user=asker).exists()
    assert not AuditEntry.objects.filter(action="forum.load").exclude(actor_id=None).exists()
    assert asker.name not in IndexEntry.objects.get(kind="topic", object_id=topic.pk).text
