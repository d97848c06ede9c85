"""What waits for a reader on the first page: counted by the rules of the rooms, for nobody else, at a constant cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from forums.choices import FlagReason
from forums.services.decide_flags import decide_flags
from forums.services.flag import flag_post
from lessons.api import count_waiting
from lessons.choices import Status
from lessons.reading.worklist import worklist
from mentoring.api import send_request
from people.models import User
from people.roles import Role
from portal.waits import waits_for
from tests.forums.factories import PostFactory
from tests.lessons.factories import LessonFactory
from tests.mentoring.market import make_mentee, make_mentor
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
HOME_OF_A_FACILITATOR = 15


def known(reader: User) -> User:
    """As a request knows them: with the profile."""
    return User.objects.select_related("profile").get(pk=reader.pk)


def words(reader: User) -> list[str]:
    return [wait.words for wait in waits_for(known(reader))]


def test_a_facilitator_reads_how_much_waits_until_it_is_done() -> None:
    facilitator = UserFactory(roles=("facilitator",))
    assert words(facilitator) == []
    post = PostFactory()
    for _number in range(2):
        flag_post(reporter=UserFactory(), post_id=post.pk, reason=FlagReason.UNKIND)
    LessonFactory.create_batch(2, status=Status.SUBMITTED)
    assert words(facilitator) == ["1 flagged post", "2 lessons to look after"]
    decide_flags(actor=facilitator, post_id=post.pk, decision="dismissed", note="It stays.")
    assert words(facilitator) == ["2 lessons to look after"]


def test_a_mentor_reads_who_asks_and_the_mentee_does_not() -> None:
    mentor, mentee = make_mentor(), make_mentee()
    send_request(mentee=mentee, mentor_id=mentor.pk, message="May I ask you?")
    assert words(mentor) == ["1 colleague asks you to mentor"]
    assert words(mentee) == []


def test_practitioners_read_what_they_validate_and_nothing_they_may_not() -> None:
    practitioner = UserFactory(is_practitioner=True)
    flag_post(reporter=UserFactory(), post_id=PostFactory().pk, reason=FlagReason.UNKIND)
    LessonFactory(status=Status.SUBMITTED)
    assert words(practitioner) == []
    LessonFactory(status=Status.SCREENED)
    assert words(practitioner) == ["1 lesson to look after"]


@pytest.mark.parametrize("role", ["contributor", "steward", "facilitator", "administrator"])
def test_the_count_is_that_of_the_worklist(role: str) -> None:
    reader = known(UserFactory(roles=(role,)))
    LessonFactory(status=Status.SUBMITTED, author=reader)
    for status in (Status.SUBMITTED, Status.SCREENED, Status.PUBLISHED, Status.DRAFT):
        LessonFactory.create_batch(2, status=status)
    assert count_waiting(reader) == worklist(reader).total


def test_for_most_of_the_company_nothing_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reader = known(UserFactory())
    assert reader.role_names == {Role.MEMBER}
    with django_assert_num_queries(0):
        assert waits_for(reader) == []


def test_the_page_leads_there_and_costs_the_same_however_much_waits(client: Client) -> None:
    facilitator = make_mentor(capacity=5)
    facilitator.groups.add(*UserFactory(roles=("facilitator",)).groups.all())
    client.force_login(facilitator)

    def add() -> None:
        flag_post(reporter=UserFactory(), post_id=PostFactory().pk, reason=FlagReason.UNKIND)
        LessonFactory(status=Status.SUBMITTED)
        send_request(mentee=make_mentee(), mentor_id=facilitator.pk, message="May I ask you?")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/").content.decode()
        for address in ("/forums/flags/", "/mentoring/", "/lessons/worklist/"):
            assert f'<a class="title" href="{address}">' in page
        return len(captured)

    add()
    few = queries()
    for _number in range(3):
        add()
    assert queries() == few <= HOME_OF_A_FACILITATOR
