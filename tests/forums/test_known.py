"""What is already known: while somebody asks, beside a topic, and never more than the reader may see."""

import pytest
from django.test import Client

from core.audiences import PRACTITIONERS
from forums.models import Topic, TopicLink
from forums.reading.known import known_about
from forums.services.accept_answer import accept_answer
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from lessons.services.indexing import index_lesson
from people.models import User
from tests.forums.factories import BoardFactory, TopicFactory
from tests.lessons.factories import LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
TITLE = "Who chairs the quarterly pharmacovigilance committee?"
BODY = "Both companies send a safety physician and nobody prepares the reconciliation of cases."


@pytest.fixture
def reader() -> User:
    return UserFactory(name="Ilse Koster")


@pytest.fixture
def answerer() -> User:
    return UserFactory(name="Mei Tanaka", is_practitioner=True)


def asked(answerer: User, *, audience: str = "community") -> Topic:
    """A similar question with an accepted answer."""
    board = BoardFactory(audience=audience)
    asker = UserFactory(is_practitioner=True)
    topic = post_topic(
        author=asker,
        board_id=board.pk,
        kind="question",
        title="Chair of a pharmacovigilance committee",
        body="Which safety physician prepares the reconciliation of cases for the committee?",
    )
    reply = post_reply(author=answerer, topic_id=topic.pk, body="Alternate by quarter.")
    accept_answer(actor=asker, post_id=reply.pk)
    return topic


def test_topics_lessons_and_who_answered_are_found(reader: User, answerer: User) -> None:
    asked(answerer)
    lesson = LessonFactory(
        title="Pharmacovigilance committee without a chair",
        happened="Nobody prepared the reconciliation of cases.",
    )
    index_lesson(lesson)
    found = known_about(TITLE, BODY, reader)
    assert {thing.title for thing in found.things} == {
        "Chair of a pharmacovigilance committee",
        "Pharmacovigilance committee without a chair",
    }
    assert [thing.is_answered for thing in found.things if thing.kind == "Topic"] == [True]
    assert [person.name for person in found.people] == ["Mei Tanaka"]


def test_nothing_of_a_narrower_audience_is_found_nor_who_answered_there(reader: User, answerer: User) -> None:
    asked(answerer, audience=PRACTITIONERS)
    assert known_about(TITLE, BODY, reader).is_empty
    assert not known_about(TITLE, BODY, UserFactory(is_practitioner=True)).is_empty


def test_nobody_is_told_that_they_know_it_themselves(reader: User, answerer: User) -> None:
    asked(answerer)
    assert not known_about(TITLE, BODY, answerer).people


@pytest.mark.parametrize("title", ["", "  ", "Chair?", "\x00" * 9, "*" * 5000])
def test_short_and_odd_titles_find_nothing_and_fail_nowhere(reader: User, answerer: User, title: str) -> None:
    asked(answerer)
    assert known_about(title, "", reader).is_empty


def test_the_card_while_asking(client: Client, reader: User, answerer: User) -> None:
    asked(answerer)
    client.force_login(reader)
    card = client.post("/forums/similar/", {"title": TITLE, "body": BODY}).content.decode()
    assert "Chair of a pharmacovigilance committee" in card
    assert "One thing here looks like your question." in card
    assert "Mei Tanaka" in card
    assert client.post("/forums/similar/", {"title": "Who?"}).content.decode().count("<section") == 0
    assert client.get("/forums/similar/").status_code == 405
    without_scripts = client.get("/forums/ask/", {"title": TITLE}).content.decode()
    assert "Chair of a pharmacovigilance committee" in without_scripts


def test_beside_a_topic_it_leaves_out_itself_and_names_the_same_question(
    client: Client, reader: User, answerer: User
) -> None:
    topic, same = asked(answerer), TopicFactory(title="Chairs of safety committees, again")
    hidden = TopicFactory(title="A narrower one", board=BoardFactory(audience=PRACTITIONERS))
    for other in (same, hidden):
        TopicLink.objects.create(topic=topic, other=other)
    client.force_login(reader)
    page = client.get(f"{topic.get_absolute_url()}known/").content.decode()
    main = page[page.index("<section") :]
    assert "Chairs of safety committees, again" in main
    assert "A narrower one" not in page
    assert 'class="title" href="' + topic.get_absolute_url() not in main
    part = client.get(f"{topic.get_absolute_url()}known/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Chairs of safety committees, again" in part


def test_a_topic_that_is_not_there_for_the_reader_has_no_card(
    client: Client, reader: User, answerer: User
) -> None:
    topic = asked(answerer, audience=PRACTITIONERS)
    client.force_login(reader)
    assert client.get(f"{topic.get_absolute_url()}known/").status_code == 404


def test_it_asks_the_same_of_few_and_of_many(client: Client, reader: User, answerer: User) -> None:
    client.force_login(reader)
    counts = []
    for _round in range(2):
        for _one in range(4):
            asked(answerer)
        counts.append(int(client.post("/forums/similar/", {"title": TITLE, "body": BODY})["X-Sql-Calls"]))
    assert counts[0] == counts[1]
