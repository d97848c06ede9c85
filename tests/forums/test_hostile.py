"""Strings that break careless programs, through every field of the forums: kept as typed, harmless where shown."""

import re
from contextlib import suppress
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from forums.models import Board, Post, Topic
from forums.services.edit_post import edit_post
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from people.models import User
from tests.core.hostile import attacks, naughty_strings, through_pages
from tests.core.markup import faults
from tests.forums.factories import BoardFactory
from tests.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SPREAD = 60
PARTS = 6
DEAD = frozenset({"iframe", "object", "embed", "img", "script", "style", "base", "meta", "math"})
TARGET = re.compile(r"/(?![/\\])|\?|#|https?://|mailto:|$")


def spread(strings: tuple[str, ...], number: int = SPREAD) -> list[str]:
    return list(strings[:: max(1, len(strings) // number)])


def live(response: HttpResponse) -> list[str]:
    """Everything in the main part of a page that could act and was not put there by a template."""
    main = BeautifulSoup(response.content.decode(), "lxml").main
    assert main is not None
    found = [tag.name for tag in main.find_all(sorted(DEAD))]
    for tag in main.find_all(True):
        found += [f"{tag.name} {name}" for name in tag.attrs if name.startswith("on") or name == "style"]
        targets = [
            str(tag.attrs[name]) for name in ("href", "src", "action", "formaction") if name in tag.attrs
        ]
        found += [target for target in targets if not TARGET.match(target)]
    return found


@pytest.fixture
def author(client: Client) -> User:
    author = UserFactory()
    client.force_login(author)
    return author


@pytest.fixture
def board() -> Board:
    return BoardFactory()


def test_every_naughty_string_comes_back_as_typed_in_bodies(author: User, board: Board) -> None:
    topic = post_topic(author=author, board_id=board.pk, kind="question", title="What comes back?", body="x")
    changed = post_reply(author=author, topic_id=topic.pk, body="What an edit changes")
    kept = refused = 0
    for text in naughty_strings():
        try:
            post = post_reply(author=author, topic_id=topic.pk, body=text)
        except ValidationError:
            assert not text.strip() or "\x00" in text
            refused += 1
            continue
        assert Post.objects.get(pk=post.pk).body == text
        edit_post(editor=author, post_id=changed.pk, body=text)
        assert Post.objects.get(pk=changed.pk).body == text
        kept += 1
    assert kept > 400
    assert refused < 20


@pytest.mark.parametrize("part", range(PARTS))
def test_titles_and_tags_of_every_sort_are_shown_as_words(
    client: Client, author: User, board: Board, part: int
) -> None:
    for text in through_pages((*naughty_strings(), *attacks()))[part::PARTS]:
        title, tag = f"A title: {text}"[:140], text[:50].replace(",", " ")
        try:
            topic = post_topic(
                author=author, board_id=board.pk, kind="question", title=title, body=text or "x", tags=[tag]
            )
        except ValidationError:
            assert not text.strip() or "\x00" in text or len(text) > 40_000
            continue
        topic.tags.update(approved=True)
        response = client.get(topic.get_absolute_url())
        assert " ".join(title.split()) in unescape(response.content.decode())
        assert live(response) == [], title
    for address in (reverse("forums:index"), board.get_absolute_url(), "/"):
        assert live(client.get(address)) == []
    assert Topic.objects.count() > 20


@pytest.mark.parametrize("part", range(PARTS))
def test_a_reply_with_markup_executes_nothing(client: Client, author: User, board: Board, part: int) -> None:
    topic = post_topic(author=author, board_id=board.pk, kind="question", title="What is cleaned?", body="x")
    known = through_pages(attacks())[part::PARTS]
    for text in known:
        answer = client.post(topic.get_absolute_url(), {"body": text})
        if answer.status_code != 302:  # the name guard asks first
            with suppress(ValidationError):
                post_reply(author=author, topic_id=topic.pk, body=text)
    last = Post.objects.filter(topic=topic).count()
    assert last > len(known) * 0.8
    for start in range(1, last - 10, 25):
        response = client.get(f"{topic.get_absolute_url()}?from={start}")
        assert live(response) == []
        bodies = BeautifulSoup(response.content.decode(), "lxml").select(".post .prose")
        assert len(bodies) > 10
        assert [fault for body in bodies for fault in faults(body.decode_contents())] == []


def test_what_addresses_carry_is_words_too(client: Client, author: User, board: Board) -> None:
    for text in spread(naughty_strings(), 40):
        for name in ("title", "board", "kind", "tab", "after", "from", "quote", "on"):
            for address in (reverse("forums:ask"), board.get_absolute_url()):
                response = client.get(address, {name: text})
                assert response.status_code in (200, 302, 400, 404), (name, text)
                assert response.status_code != 200 or live(response) == [], (name, text)
