"""Who asks without a name: after all they can do in their topic, one table knows them, and no page, row, index or log."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse

from composer.models import Submission
from core.audiences import function_token
from core.facts import deliver_waiting
from core.models import AuditEntry, StoredFact
from forums.models import Board, Follow, Post, PostRevision, Topic, UnnamedAuthor
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from forums.unnamed import asked, is_own, own_of, person_to_tell
from people.models import User
from people.roles import Role
from search.models import IndexEntry
from tests.forums.factories import BoardFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
"""What belongs to every account, or knows of somebody without knowing of the topic."""
OF_THE_ACCOUNT = frozenset({"people.Profile", "people.User_groups", "usersessions.UserSession"})
NAME = "Seoyeon Park"


@pytest.fixture
def facilitator() -> User:
    return UserFactory(roles=(Role.FACILITATOR,), is_practitioner=True, name="Amara Osei")


@pytest.fixture
def asker() -> User:
    return UserFactory(name=NAME, email="seoyeon@example.com")


@pytest.fixture
def board(facilitator: User) -> Board:
    return BoardFactory(slug="trust", title="People and trust")


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Everything that is logged meanwhile."""
    found: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(str(record.msg))

    root = logging.getLogger()
    level, listener = root.level, Listener(level=logging.DEBUG)
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(listener)
    root.setLevel(level)


@pytest.fixture
def topic(client: Client, asker: User, board: Board, lines: list[str]) -> Topic:
    """Asked, answered by another, replied to, edited and accepted without a name, all through the pages."""
    client.force_login(asker)
    typed = {
        "kind": "question",
        "board": board.pk,
        "title": "How do I tell them?",
        "body": "It is my own doing.",
        "unnamed": "on",
        "tags": "hard talks",
    }
    response = client.post(reverse("forums:ask"), typed)
    topic = Topic.objects.get()
    assert response["Location"] == topic.get_absolute_url()
    client.post(reverse("forums:ask"), typed)
    client.get(topic.get_absolute_url())
    answer = post_reply(author=UserFactory(name="Mei Tanaka"), topic_id=topic.pk, body="At once.")
    client.post(topic.get_absolute_url(), {"body": "I did."})
    own = topic.posts.get(number=3)
    client.post(reverse("forums:edit", args=[own.pk]), {"body": "I did, " + "and it held. " * 20})
    client.post(reverse("forums:accept", args=[answer.pk]))
    deliver_waiting()
    topic.refresh_from_db()
    assert topic.accepted == answer
    return topic


def rows_of(person: User) -> dict[str, list[Any]]:
    """All rows of all tables that point at a person, by model."""
    found: dict[str, list[Any]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                rows = list(model._base_manager.filter(**{field.name: person}))
                if rows:
                    found.setdefault(model._meta.label, []).extend(rows)
    return found


def test_one_table_knows_who_asked(topic: Topic, asker: User) -> None:
    assert Topic.objects.count() == 1
    known = {label: rows for label, rows in rows_of(asker).items() if label not in OF_THE_ACCOUNT}
    signed_in = known.pop("core.AuditEntry", [])
    assert all(not act.action.startswith("forum.") for act in signed_in)
    assert set(known) <= {
        "forums.UnnamedAuthor",
        "forums.ReadMark",
        "notifications.Notice",
    }
    assert len(known["forums.UnnamedAuthor"]) == 2
    assert set(Submission.objects.values_list("url", flat=True)) == {"/"}


def test_no_trail_holds_them(topic: Topic, asker: User, lines: list[str]) -> None:
    acts = AuditEntry.objects.filter(action__startswith="forum.")
    assert acts.count() >= 5
    assert not acts.filter(actor_id=asker.pk).exists()
    assert all("own doing" not in str(act.changes) for act in acts)
    for fact in StoredFact.objects.all():
        assert fact.payload.get("actor_id") != asker.pk
    assert set(PostRevision.objects.values_list("editor", flat=True)) == {None}
    assert not Follow.objects.filter(user=asker).exists()
    entry = IndexEntry.objects.get(kind="topic", object_id=topic.pk)
    assert NAME not in entry.title + entry.text
    asked_about = [line for line in lines if "/forums/" in line]
    assert len(asked_about) > 5
    assert all("user_id" not in line for line in asked_about)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR])
def test_no_page_names_them(client: Client, topic: Topic, asker: User, role: Role) -> None:
    client.force_login(UserFactory(roles=(role,), is_practitioner=True))
    board = topic.board.get_absolute_url()
    pages = [
        topic.get_absolute_url(),
        board,
        f"{board}?tab=unsolved",
        reverse("forums:index"),
        "/",
        "/search/?q=doing",
    ]
    pages += [reverse("forums:edit", args=[post.pk]) for post in topic.posts.all()]
    for address in pages:
        html = client.get(address).content.decode()
        assert NAME not in html, address
        assert ">SP<" not in html, address
    html = client.get(f"{topic.get_absolute_url()}?from=1").content.decode()
    assert html.count("A colleague (asked)") >= 3
    assert 'Mine<span class="n num">0' in client.get(board).content.decode()


def test_the_asker_keeps_their_rights(client: Client, topic: Topic, asker: User) -> None:
    opening, answer, own = topic.posts.order_by("number")
    assert own_of(asker).here(topic) == {opening.pk, own.pk}
    assert asked(asker, topic)
    assert is_own(asker, own)
    assert not is_own(asker, answer)
    assert person_to_tell(own) == asker.pk
    client.force_login(asker)
    html = client.get(f"{topic.get_absolute_url()}?from=1").content.decode()
    assert reverse("forums:edit", args=[own.pk]) in html
    assert "You asked this, so you watch it." in html
    assert 'Mine<span class="n num">1' in client.get(topic.board.get_absolute_url()).content.decode()
    assert not client.get(topic.board.get_absolute_url() + "?tab=unread").content.decode().count(topic.title)


def test_only_the_asker_writes_without_a_name_and_always_does(topic: Topic, asker: User) -> None:
    with pytest.raises(ValidationError):
        post_reply(author=UserFactory(), topic_id=topic.pk, body="Me too.", unnamed=True)
    with pytest.raises(ValidationError):
        post_reply(author=asker, topic_id=topic.pk, body="It was me.", unnamed=False)
    assert post_reply(author=asker, topic_id=topic.pk, body="Thank you.").author is None
    assert UnnamedAuthor.objects.filter(user=asker).count() == 3


def test_where_no_facilitator_reads_nobody_asks_without_a_name(facilitator: User) -> None:
    board = BoardFactory(audience=function_token("safety"))
    asker = UserFactory(business_function="safety")
    with pytest.raises(ValidationError) as refusal:
        post_topic(
            author=asker,
            board_id=board.pk,
            unnamed=True,
            kind="question",
            title="How do I tell them?",
            body="Well.",
        )
    assert "unnamed" in refusal.value.message_dict
    assert not Post.objects.exists()


def test_the_database_refuses_a_name_on_an_unnamed_post(topic: Topic, asker: User) -> None:
    from django.db import IntegrityError, transaction

    for rows in (Topic.objects.filter(pk=topic.pk), topic.posts.filter(unnamed=True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(author=asker)


def test_nobody_is_named_who_asked_not_to_be(client: Client) -> None:
    """The box was there when the page was opened; meanwhile the last facilitator left."""
    client.force_login(UserFactory())
    typed = {
        "kind": "question",
        "board": BoardFactory().pk,
        "title": "How do I tell them?",
        "body": "It is my own doing.",
        "unnamed": "on",
    }
    response = client.post(reverse("forums:ask"), typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert "It is my own doing." in page
    assert "No facilitator is there now" in page
    assert not Topic.objects.exists()
    del typed["unnamed"]
    assert client.post(reverse("forums:ask"), typed).status_code == 302
