"""Whom lessons tell on their way: who acts next, authors, owners of plays; and nobody of a step that is over."""

import pytest
from django.test import Client

from core import facts
from core.audiences import PRACTITIONERS
from core.models import StoredFact
from lessons.choices import Status, UseOutcome
from lessons.models import Lesson, LessonRoute
from lessons.notice_kinds import reviews, routes
from lessons.notices import VALIDATORS_TOLD, tell_of_move
from lessons.services.audience import change_audience
from lessons.services.embed import embed_lesson
from lessons.services.publish import publish_lesson
from lessons.services.return_to_author import return_lesson
from lessons.services.route import route_lesson
from lessons.services.screen import screen_lesson
from lessons.services.use import use_lesson
from notifications.api import unread_count
from notifications.models import MailState, Notice
from people.models import User
from playbook.models import PlayPage
from tests.lessons.factories import LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def told() -> dict[tuple[int, str], str]:
    """The mail of each notice of lessons that its reader can see, by recipient and verb."""
    facts.deliver_waiting()
    assert not StoredFact.objects.exclude(error="").exists()
    return {
        (notice.recipient_id, notice.verb): notice.mail
        for notice in Notice.objects.exclude(audience="nobody").filter(verb__startswith="lesson")
    }


@pytest.fixture
def author() -> User:
    return UserFactory(profile={"division": "Oncology"})


@pytest.fixture
def steward() -> User:
    return UserFactory(roles=("member", "steward"), is_practitioner=True)


@pytest.fixture
def lesson(author: User) -> Lesson:
    """One that waits to be screened."""
    made: Lesson = LessonFactory(status=Status.SUBMITTED, author=author, title="Two chairs")
    review = made.reviews.create(act="submitted", by=author)
    facts.publish(facts.LessonMoved(lesson_id=made.pk, status="submitted", actor_id=review.by_id))
    return made


def test_from_submitted_to_published(lesson: Lesson, author: User, steward: User) -> None:
    member, thanked = UserFactory.create_batch(2)
    lesson.credited.add(thanked)
    assert told() == {(steward.pk, "lesson_to_screen"): MailState.WAITING}
    peer = UserFactory(is_practitioner=True)
    screen_lesson(lesson_id=lesson.pk, actor=steward)
    assert told() == {(peer.pk, "lesson_to_validate"): MailState.NONE}
    assert unread_count(steward) == 0
    publish_lesson(lesson_id=lesson.pk, actor=peer)
    assert told() == {
        (author.pk, "lesson_published"): MailState.WAITING,
        (thanked.pk, "lesson_published"): MailState.WAITING,
    }
    assert unread_count(peer) == unread_count(member) == 0


def test_a_returned_lesson_is_told_to_its_author_and_the_next_round_to_who_screens(
    lesson: Lesson, author: User, steward: User
) -> None:
    told()
    return_lesson(lesson_id=lesson.pk, actor=steward, reason="Say what it cost.")
    assert told() == {(author.pk, "lesson_returned"): MailState.WAITING}
    Lesson.objects.filter(pk=lesson.pk).update(status=Status.SUBMITTED)
    lesson.reviews.create(act="submitted", by=author)
    facts.publish(facts.LessonMoved(lesson_id=lesson.pk, status="submitted", actor_id=author.pk))
    assert (steward.pk, "lesson_to_screen") in told()
    assert unread_count(steward) == 1


def test_few_of_many_peers_are_told_none_with_a_part_or_of_the_same_division(
    lesson: Lesson, author: User, steward: User
) -> None:
    neighbour = UserFactory(is_practitioner=True, profile={"division": "Oncology"})
    peers = UserFactory.create_batch(12, is_practitioner=True)
    screen_lesson(lesson_id=lesson.pk, actor=steward)
    chosen = {person for person, verb in told() if verb == "lesson_to_validate"}
    assert len(chosen) == VALIDATORS_TOLD
    assert chosen <= {peer.pk for peer in peers}
    assert not chosen & {neighbour.pk, author.pk, steward.pk}


def test_only_who_may_read_is_asked(author: User) -> None:
    outsider = UserFactory(roles=("member", "steward"))
    insider = UserFactory(roles=("member", "steward"), is_practitioner=True)
    lesson = LessonFactory(status=Status.SUBMITTED, author=author, audience=PRACTITIONERS)
    lesson.reviews.create(act="submitted", by=author)
    facts.publish(facts.LessonMoved(lesson_id=lesson.pk, status="submitted", actor_id=author.pk))
    assert {person for person, _verb in told()} == {insider.pk}
    assert unread_count(outsider) == 0


def test_a_narrowing_takes_notices_with_it_and_a_second_telling_changes_nothing(
    lesson: Lesson, steward: User
) -> None:
    plain = UserFactory(roles=("member", "facilitator"))
    told()
    assert (unread_count(plain), unread_count(steward)) == (1, 1)
    change_audience(lesson_id=lesson.pk, audience=PRACTITIONERS, actor=steward)
    assert (unread_count(plain), unread_count(steward)) == (0, 1)
    tell_of_move(facts.LessonMoved(lesson_id=lesson.pk, status="submitted"))
    assert (unread_count(plain), unread_count(steward)) == (0, 1)


def test_a_step_that_is_over_leads_nowhere(lesson: Lesson, steward: User) -> None:
    other = UserFactory(roles=("member", "steward"))
    step = lesson.reviews.get()
    assert reviews([step.pk], other)[step.pk].url == f"/lessons/{lesson.code}/review/"
    screen_lesson(lesson_id=lesson.pk, actor=steward)
    assert reviews([step.pk], other) == {}


def test_use_is_told_to_the_author_and_reading_the_lesson_reads_it(
    client: Client, author: User, steward: User
) -> None:
    lesson = LessonFactory(author=author)
    use_lesson(lesson_id=lesson.pk, person=steward, outcome=UseOutcome.WORKED)
    assert told() == {(author.pk, "lesson_used"): MailState.WAITING}
    assert Notice.objects.get().actor == steward
    client.force_login(author)
    assert client.get(lesson.get_absolute_url()).status_code == 200
    assert unread_count(author) == 0


@pytest.mark.world("starter")
def test_a_lesson_sent_to_a_play_reaches_its_owner_then_its_author(author: User, steward: User) -> None:
    owner = UserFactory()
    play = PlayPage.objects.live().first()
    PlayPage.objects.filter(pk=play.pk).update(play_owner=owner)
    lesson = LessonFactory(author=author)
    route_lesson(lesson_id=lesson.pk, play_id=play.pk, actor=steward)
    route = LessonRoute.objects.get(lesson=lesson)
    assert told() == {(owner.pk, "lesson_routed"): MailState.WAITING}
    assert routes([route.pk], owner)[route.pk].url == f"/lessons/routes/{route.pk}/"
    assert routes([route.pk], UserFactory())[route.pk].url == lesson.get_absolute_url()
    key = str(play.steps.raw_data[0]["value"]["key"])
    embed_lesson(route_id=route.pk, step_key=key, actor=owner)
    assert (author.pk, "lesson_embedded") in told()
