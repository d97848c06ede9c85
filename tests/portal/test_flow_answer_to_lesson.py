"""From an accepted answer to a lesson: the draft, the credit, the links both ways, and what must not be told."""

import pytest
from django.test import Client

from composer.api import drafts_of, read_draft
from core.facts import deliver_waiting
from forums.models import Post
from forums.services.accept_answer import accept_answer
from forums.services.post_reply import post_reply
from forums.services.post_topic import post_topic
from lessons.choices import Outcome, Status
from lessons.models import Lesson
from lessons.services.submit import submit_lesson
from people.models import User
from tests.forums.factories import BoardFactory
from tests.lessons.factories import LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker() -> User:
    return UserFactory(name="Ilse Asks")


@pytest.fixture
def answerer() -> User:
    return UserFactory(name="Mei Answers")


def answered(asker: User, answerer: User, *, audience: str = "community", unnamed: bool = False) -> int:
    """The number of the accepted answer of a new question."""
    board = BoardFactory(audience=audience)
    topic = post_topic(
        author=asker,
        board_id=board.pk,
        kind="question",
        title="How do you split the chair?",
        body="Three time **zones**.",
        unnamed=unnamed,
    )
    reply = post_reply(author=answerer, topic_id=topic.pk, body="Tie it to the half-year.")
    accept_answer(actor=asker, post_id=reply.pk)
    return reply.pk


def submitted(writer: User, origin: str) -> Lesson:
    lesson = Lesson(title="Chairs by half-year", happened="It.", outcome=Outcome.POSITIVE, grew_from=origin)
    return submit_lesson(lesson=lesson, author=writer)


def test_the_button_begins_a_draft_of_whoever_pressed_it(client: Client, asker: User, answerer: User) -> None:
    post_id = answered(asker, answerer)
    reader = UserFactory()
    client.force_login(reader)
    answer = client.post(f"/forums/posts/{post_id}/lesson/")
    assert answer.status_code == 302
    (draft,) = drafts_of(reader)
    assert draft.fields["title"] == "How do you split the chair?"
    assert "Three time **zones**." in draft.fields["happened"]
    assert "Tie it to the half-year." in draft.fields["happened"]
    assert not drafts_of(asker)
    page = client.get(answer["Location"], follow=True).content.decode()
    assert "How do you split the chair?" in page


def test_only_what_the_reader_sees_and_only_an_accepted_answer(
    client: Client, asker: User, answerer: User
) -> None:
    for person in (asker, answerer):
        person.is_practitioner = True
        person.save()
    hidden = answered(asker, answerer, audience="practitioners")
    taken_back = answered(asker, answerer)
    accept_answer(actor=asker, post_id=taken_back)
    client.force_login(UserFactory())
    for post_id in (hidden, taken_back, 10**9):
        assert client.post(f"/forums/posts/{post_id}/lesson/").status_code == 404
    assert client.get(f"/forums/posts/{hidden}/lesson/").status_code == 405


def test_who_answered_is_thanked_once(asker: User, answerer: User) -> None:
    reply = answered(asker, answerer)

    lesson = submitted(UserFactory(), f"topic:{Post.objects.get(pk=reply).topic_id}")
    deliver_waiting()
    deliver_waiting()
    assert [person.name for person in lesson.credited.all()] == ["Mei Answers"]


def test_whoever_answers_their_own_question_is_not_thanked_beside_themselves(
    asker: User, answerer: User
) -> None:

    topic_id = Post.objects.get(pk=answered(asker, answerer)).topic_id
    lesson = submitted(answerer, f"topic:{topic_id}")
    deliver_waiting()
    assert not lesson.credited.exists()


def test_who_answered_and_tells_of_it_without_a_name_is_thanked_like_anybody(
    asker: User, answerer: User
) -> None:
    """Thanks that are missing where there is an accepted answer would tell whose lesson it is."""
    topic_id = Post.objects.get(pk=answered(asker, answerer)).topic_id
    lesson = Lesson(
        title="Chairs by half-year",
        happened="It.",
        outcome=Outcome.POSITIVE,
        grew_from=f"topic:{topic_id}",
        unnamed=True,
    )
    submit_lesson(lesson=lesson, author=answerer)
    deliver_waiting()
    assert list(lesson.credited.all()) == [answerer]


def test_an_origin_that_the_author_does_not_see_is_dropped_and_thanks_nobody(
    asker: User, answerer: User
) -> None:
    for person in (asker, answerer):
        person.is_practitioner = True
        person.save()
    hidden = Post.objects.get(pk=answered(asker, answerer, audience="practitioners")).topic_id
    for number in (hidden, 10**11):
        lesson = submitted(UserFactory(), f"topic:{number}")
        deliver_waiting()
        assert lesson.grew_from == ""
        assert not lesson.credited.exists()
    assert submitted(answerer, f"topic:{hidden}").grew_from == f"topic:{hidden}"


def test_links_lead_both_ways_and_hide_with_their_ends(client: Client, asker: User, answerer: User) -> None:

    topic = Post.objects.get(pk=answered(asker, answerer)).topic
    lesson = LessonFactory(title="Chairs by half-year", grew_from=f"topic:{topic.pk}")
    client.force_login(UserFactory())
    assert "How do you split the chair?" in client.get(lesson.get_absolute_url()).content.decode()
    assert "Chairs by half-year" in client.get(f"{topic.get_absolute_url()}?from=1").content.decode()
    Lesson.objects.filter(pk=lesson.pk).update(status=Status.RETURNED)
    assert "Chairs by half-year" not in client.get(f"{topic.get_absolute_url()}?from=1").content.decode()
    Lesson.objects.filter(pk=lesson.pk).update(status=Status.PUBLISHED)
    type(topic).objects.filter(pk=topic.pk).update(audience="practitioners")
    assert "How do you split the chair?" not in client.get(lesson.get_absolute_url()).content.decode()


def test_a_question_without_a_name_stays_without_one(client: Client, asker: User, answerer: User) -> None:
    UserFactory(roles=("facilitator",))
    post_id = answered(asker, answerer, unnamed=True)
    reader = UserFactory()
    client.force_login(reader)
    client.post(f"/forums/posts/{post_id}/lesson/")
    (draft,) = drafts_of(reader)
    assert asker.name not in str(draft.fields)
    lesson = submitted(reader, draft.fields["grew_from"])
    deliver_waiting()
    assert asker not in lesson.credited.all()


def test_the_draft_is_written_on_with_its_origin(client: Client, asker: User, answerer: User) -> None:
    reader = UserFactory()
    client.force_login(reader)
    client.post(f"/forums/posts/{answered(asker, answerer)}/lesson/")
    (draft,) = drafts_of(reader)
    found = read_draft(owner=reader, key=draft.key)
    assert found is not None
    assert found.fields["grew_from"].startswith("topic:")
    page = client.get(found.url).content.decode()
    assert f'name="grew_from" hidden>\n{found.fields["grew_from"]}<' in page
