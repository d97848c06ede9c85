"""What a post said before: who reads it, what it names, and what a flag takes out of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.audiences import PRACTITIONERS
from core.differences import PieceKind, pieces
from forums.choices import FlagDecision, FlagReason
from forums.models import Board, Post, Topic
from forums.services.decide_flags import decide_flags
from forums.services.edit_post import edit_post
from forums.services.flag import flag_post
from forums.services.post_topic import post_topic
from forums.services.take_down import take_down
from people.models import User
from people.roles import Role
from tests.forums.factories import BoardFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "quetzalword"


@pytest.fixture
def author() -> User:
    return UserFactory(name="Ilse Koster")


@pytest.fixture
def facilitator() -> User:
    return UserFactory(name="Amara Osei", roles=(Role.FACILITATOR,))


@pytest.fixture
def board(facilitator: User) -> Board:
    return BoardFactory()


def asked(author: User, board: Board, *, unnamed: bool = False) -> Post:
    topic = post_topic(
        author=author,
        board_id=board.pk,
        kind="question",
        title="Who keeps the minutes here?",
        body=f"We lost {SECRET} them.",
        unnamed=unnamed,
    )
    return topic.posts.get()


def changed(editor: User, post: Post, body: str, *, minutes: int = 10, title: str | None = None) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True):
        edit_post(editor=editor, post_id=post.pk, body=body, title=title)


def page(reader: User, post: Post, **query: int) -> HttpResponse:
    client = Client()
    client.force_login(reader)
    return client.get(reverse("forums:history", args=[post.pk]), query)


def words(reader: User, post: Post, **query: int) -> str:
    return page(reader, post, **query).content.decode()


def test_neighbours_are_compared_with_marks_and_words(author: User, board: Board) -> None:
    post = asked(author, board)
    changed(author, post, "We found them.", title="Who keeps the minutes now?")
    changed(author, post, "We found them again.", minutes=20)
    answer = page(UserFactory(), post)
    history = answer.context["history"]
    assert [version.number for version in history.versions] == [3, 2, 1]
    assert "again." in "".join(piece.text for piece in history.body if piece.kind == PieceKind.ADDED)
    assert history.title == []
    second = words(UserFactory(), post, version=2)
    assert f'<del><span class="sr">Removed: </span>lost {SECRET} </del>' in second
    assert '<ins><span class="sr">Added: </span>found </ins>' in second
    assert "now?" in second
    first = page(UserFactory(), post, version=1)
    assert SECRET in first.content.decode()
    assert b"<ins><span" not in first.content


def test_the_topic_leads_there(author: User, board: Board) -> None:
    post = asked(author, board)
    client = Client()
    client.force_login(author)
    address = reverse("forums:history", args=[post.pk])
    assert address not in client.get(post.topic.get_absolute_url()).content.decode()
    changed(author, post, "We found them.")
    assert address in client.get(post.topic.get_absolute_url()).content.decode()


@pytest.mark.parametrize("version", [0, 3, 99999])
def test_a_version_that_is_not_there(author: User, board: Board, version: int) -> None:
    post = asked(author, board)
    changed(author, post, "We found them.")
    assert page(author, post, version=version).status_code == (200 if version == 0 else 404)


def test_markup_of_members_is_shown_as_text(author: User, board: Board) -> None:
    post = asked(author, board)
    changed(author, post, "<script>alert(1)</script> & <b>bold</b>")
    assert "<script>alert(1)" not in words(author, post)
    assert "&lt;script&gt;alert(1)" in words(author, post)


def test_who_reads_it_is_who_sees_the_post(author: User, facilitator: User, board: Board) -> None:
    post, colleague = asked(author, board), UserFactory()
    changed(author, post, "We found them.")
    assert page(colleague, post).status_code == 200
    take_down(actor=facilitator, post_id=post.pk, reason="Twice.")
    assert [page(one, post).status_code for one in (colleague, author, facilitator)] == [404, 404, 200]
    Post.objects.filter(pk=post.pk).update(deleted=None)
    Topic.objects.filter(pk=post.topic_id).update(deleted=None, audience=PRACTITIONERS)
    assert page(colleague, post).status_code == 404


def test_an_unnamed_post_names_nobody(author: User, facilitator: User, board: Board) -> None:
    post = asked(author, board, unnamed=True)
    changed(author, post, "We found them.")
    changed(facilitator, post, "We found them, I hear.", minutes=20)
    for reader in (UserFactory(), author, facilitator):
        answer = page(reader, post)
        names = [version.by.name for version in answer.context["history"].versions]
        assert names == ["A facilitator", "A colleague (asked)", "A colleague (asked)"]
        if reader != author:
            assert "Ilse" not in answer.content.decode()


def test_what_a_flag_took_out_is_not_in_the_history(author: User, facilitator: User, board: Board) -> None:
    post, colleague = asked(author, board), UserFactory()
    changed(author, post, f"We lost {SECRET} them all.")
    flag_post(reporter=colleague, post_id=post.pk, reason=FlagReason.CONFIDENTIAL)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=True):
        edit_post(editor=facilitator, post_id=post.pk, body="We lost them all.")
        decide_flags(actor=facilitator, post_id=post.pk, decision=FlagDecision.EDITED, note="A name less.")
    for reader in (colleague, author):
        for query in ({}, {"version": 1}):
            assert SECRET not in words(reader, post, **query)
        assert page(reader, post, version=2).status_code == 404
    assert "kept from view" in words(colleague, post)
    assert SECRET in words(facilitator, post, version=1)
    changed(author, post, "We lost them all, twice.", minutes=120)
    assert SECRET not in words(colleague, post, version=2)
    assert "twice." in words(colleague, post, version=2)


def test_queries_do_not_grow_with_versions(
    author: User, board: Board, django_assert_max_num_queries: Any
) -> None:
    post = asked(author, board)
    for number in range(12):
        changed(author, post, f"We found {number}.", minutes=10 * (number + 1))
    client = Client()
    client.force_login(UserFactory())
    client.get(reverse("forums:history", args=[post.pk]))
    with django_assert_max_num_queries(12):
        client.get(reverse("forums:history", args=[post.pk]))


def test_a_long_text_is_compared_as_a_whole() -> None:
    old, new = "word " * 2_001, "other " * 10
    assert [piece.kind for piece in pieces(old, new)] == [PieceKind.REMOVED, PieceKind.ADDED]
