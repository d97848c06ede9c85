"""Between facilitators and whoever asked without a name: messages that arrive, and looks that are recorded."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from core.audiences import PRACTITIONERS
from core.models import AuditEntry
from forums.models import Board, RelayedMessage, Topic
from forums.services.change_board_audience import change_board_audience
from forums.services.post_topic import post_topic
from forums.services.read_who_asked import read_who_asked
from forums.services.relay import relay_message
from notifications.models import MailState, Notice
from people.models import User
from people.roles import Role
from tests.forums.factories import BoardFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
WORDS = "Ring me when you can."


@pytest.fixture
def asker() -> User:
    return UserFactory(name="Seoyeon Park")


@pytest.fixture
def facilitator() -> User:
    return UserFactory(name="Amara Osei", roles=(Role.FACILITATOR,))


@pytest.fixture
def board(facilitator: User) -> Board:
    return BoardFactory()


@pytest.fixture
def topic(asker: User, board: Board) -> Topic:
    return post_topic(
        author=asker,
        board_id=board.pk,
        kind="question",
        title="How do I say that it is too much?",
        body="It is.",
        unnamed=True,
    )


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_message_reaches_who_asked_and_nobody_learns_who_it_is(
    topic: Topic, asker: User, facilitator: User
) -> None:
    client = signed_in(facilitator)
    address = reverse("forums:relay", args=[topic.pk])
    assert address in client.get(topic.get_absolute_url()).content.decode()
    page = client.post(address, {"body": WORDS}, follow=True)
    assert "Seoyeon" not in page.content.decode()
    assert "Seoyeon" not in client.get(address).content.decode()
    message = RelayedMessage.objects.get()
    notice = Notice.objects.get(verb="message_relayed")
    assert (notice.recipient, notice.actor, notice.mail) == (asker, facilitator, MailState.WAITING)
    mine = signed_in(asker)
    assert message.get_absolute_url() in mine.get(topic.get_absolute_url()).content.decode()
    assert WORDS in mine.get(message.get_absolute_url()).content.decode()
    assert "wrote to you about" in mine.get("/notices/").content.decode()


def test_the_trail_says_that_it_was_passed_on_and_not_to_whom(
    topic: Topic, asker: User, facilitator: User
) -> None:
    relay_message(actor=facilitator, topic_id=topic.pk, body=WORDS)
    row = AuditEntry.objects.get(action="forum.relay")
    assert (row.actor, row.object_id, row.changes) == (facilitator, str(topic.pk), {"body": None})
    kept = {field.name for field in RelayedMessage._meta.get_fields()}
    assert kept == {"id", "topic", "sender", "body", "created"}


def test_nobody_else_reads_a_message(topic: Topic, facilitator: User) -> None:
    message = relay_message(actor=facilitator, topic_id=topic.pk, body=WORDS)
    assert signed_in(UserFactory()).get(message.get_absolute_url()).status_code == 404
    assert signed_in(facilitator).get(message.get_absolute_url()).status_code == 200
    page = signed_in(UserFactory()).get(topic.get_absolute_url()).content.decode()
    assert message.get_absolute_url() not in page


@pytest.mark.parametrize("name", ["relay", "who_asked"])
@pytest.mark.parametrize("role", [Role.MEMBER, Role.CONTRIBUTOR, Role.STEWARD])
def test_only_facilitators_come_here(topic: Topic, asker: User, name: str, role: str) -> None:
    address = reverse(f"forums:{name}", args=[topic.pk])
    for person in (asker, UserFactory(roles=(role,))):
        assert signed_in(person).get(address).status_code == 404
        assert signed_in(person).post(address, {"body": WORDS, "reason": "Need."}).status_code == 404
    assert not RelayedMessage.objects.exists()
    assert not AuditEntry.objects.filter(action="forum.unnamed_read").exists()


def test_a_topic_with_a_name_has_neither(board: Board, asker: User, facilitator: User) -> None:
    named = post_topic(
        author=asker, board_id=board.pk, kind="question", title="Who keeps the minutes here?", body="We do."
    )
    for name in ("relay", "who_asked"):
        assert signed_in(facilitator).get(reverse(f"forums:{name}", args=[named.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        relay_message(actor=facilitator, topic_id=named.pk, body=WORDS)
    with pytest.raises(PermissionDenied):
        read_who_asked(actor=facilitator, topic_id=named.pk, reason="Need.")


@pytest.mark.parametrize("body", ["", "  \n", "a\x00b", "a" * 5_001])
def test_what_cannot_be_passed_on(topic: Topic, facilitator: User, body: str) -> None:
    with pytest.raises(ValidationError):
        relay_message(actor=facilitator, topic_id=topic.pk, body=body)
    assert not RelayedMessage.objects.exists()


def test_looking_needs_a_reason_and_is_recorded_each_time(
    topic: Topic, asker: User, facilitator: User
) -> None:
    client = signed_in(facilitator)
    address = reverse("forums:who_asked", args=[topic.pk])
    assert "Seoyeon" not in client.get(address).content.decode()
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "Seoyeon" not in refused.content.decode()
    assert not AuditEntry.objects.filter(action="forum.unnamed_read").exists()
    for number in (1, 2):
        page = client.post(address, {"reason": "They may be in danger."})
        assert "Seoyeon Park" in page.content.decode()
        assert page["Cache-Control"] == "no-store"
        rows = AuditEntry.objects.filter(action="forum.unnamed_read")
        assert rows.count() == number
    row = rows[0]
    assert (row.actor, row.object_id, row.reason) == (facilitator, str(topic.pk), "They may be in danger.")
    assert "Seoyeon" not in f"{row.changes}{row.origin}{row.reason}"
    assert str(asker.pk) not in str(row.changes)


def test_a_facilitator_who_asked_is_offered_no_message_to_themselves(facilitator: User, board: Board) -> None:
    own = post_topic(
        author=facilitator,
        board_id=board.pk,
        kind="question",
        title="How do I say that it is too much?",
        body="It is.",
        unnamed=True,
    )
    address = reverse("forums:relay", args=[own.pk])
    client = signed_in(facilitator)
    assert address not in client.get(own.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404


def test_the_notice_follows_the_audience_of_the_board(topic: Topic, asker: User, facilitator: User) -> None:
    message = relay_message(actor=facilitator, topic_id=topic.pk, body=WORDS)
    change_board_audience(board_id=topic.board_id, audience=PRACTITIONERS, actor=facilitator)
    assert Notice.objects.get(verb="message_relayed").audience == PRACTITIONERS
    mine = signed_in(asker)
    assert mine.get(message.get_absolute_url()).status_code == 404
    assert topic.title not in mine.get("/notices/").content.decode()
