"""Who reads, finds and edits which lesson: every predicate equals its queryset twin, over the whole matrix."""

from itertools import product
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from core.audiences import COMMUNITY, NOBODY, PRACTITIONERS, function_token
from lessons.choices import Status
from lessons.models import Lesson
from lessons.permissions import (
    editable,
    findable,
    may_edit,
    may_enter_admin,
    may_find,
    may_read,
    readable,
)
from people.models import User
from people.roles import Role
from tests.lessons.factories import ExternalFactory, LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
AUDIENCES = (COMMUNITY, PRACTITIONERS, function_token("safety"), NOBODY)
PEOPLE = {
    "member": {"roles": (Role.MEMBER,)},
    "contributor": {"roles": (Role.CONTRIBUTOR,)},
    "steward": {"roles": (Role.STEWARD,)},
    "facilitator": {"roles": (Role.FACILITATOR,)},
    "administrator": {"roles": (Role.ADMINISTRATOR,)},
    "practitioner": {"roles": (Role.MEMBER,), "is_practitioner": True},
    "practising steward": {"roles": (Role.STEWARD,), "is_practitioner": True},
    "safety": {"roles": (Role.MEMBER,), "business_function": "safety"},
    "nothing at all": {"roles": ()},
    "left": {"roles": (Role.STEWARD,), "is_active": False, "is_practitioner": True},
}
SCREENERS = {"steward", "facilitator", "practising steward"}


@pytest.fixture
def author() -> User:
    return UserFactory(roles=(Role.MEMBER,))


@pytest.fixture
def owner() -> User:
    return UserFactory(roles=(Role.MEMBER,))


@pytest.fixture
def matrix(author: User, owner: User) -> list[Lesson]:
    """A lesson of each status, audience and kind, with and without an author and an owner."""
    lessons = []
    for status, audience in product(Status, AUDIENCES):
        lessons.append(LessonFactory(status=status, audience=audience, author=author, owner=owner))
        lessons.append(LessonFactory(status=status, audience=audience))
        lessons.append(ExternalFactory(status=status, audience=audience))
    return lessons


@pytest.mark.parametrize("person", PEOPLE)
def test_predicates_equal_their_querysets(person: str, matrix: list[Lesson]) -> None:
    reader = User.objects.get(pk=UserFactory(**PEOPLE[person]).pk)
    assert_twins(reader, matrix)


def test_predicates_equal_for_authors_owners_and_strangers(
    author: User, owner: User, matrix: list[Lesson]
) -> None:
    for reader in (User.objects.get(pk=author.pk), User.objects.get(pk=owner.pk), AnonymousUser()):
        assert_twins(reader, matrix)


def assert_twins(reader: object, matrix: list[Lesson]) -> None:
    """Each predicate says of each lesson what its queryset says."""
    for predicate, twin in ((may_read, readable), (may_find, findable), (may_edit, editable)):
        by_queryset = set(twin(Lesson.objects.all(), reader).values_list("pk", flat=True))
        by_predicate = {lesson.pk for lesson in matrix if predicate(reader, lesson)}
        assert by_queryset == by_predicate, predicate.__name__


def test_the_audience_comes_before_every_role(matrix: list[Lesson]) -> None:
    steward = UserFactory(roles=(Role.STEWARD,))
    seen = set(Lesson.objects.visible_to(steward).values_list("audience", flat=True))
    assert seen == {COMMUNITY}


def test_members_read_what_is_published_or_archived(matrix: list[Lesson]) -> None:
    member = UserFactory()
    seen = set(Lesson.objects.visible_to(member).values_list("status", flat=True))
    assert seen == {Status.PUBLISHED, Status.ARCHIVED}


def test_authors_read_their_own_drafts(author: User, matrix: list[Lesson]) -> None:
    drafts = Lesson.objects.visible_to(author).filter(status=Status.DRAFT)
    assert {lesson.author for lesson in drafts} == {author}
    assert {lesson.audience for lesson in drafts} == {COMMUNITY}


@pytest.mark.parametrize("person", PEOPLE)
def test_only_screeners_read_what_others_have_not_published(person: str, matrix: list[Lesson]) -> None:
    reader = User.objects.get(pk=UserFactory(**PEOPLE[person]).pk)
    others = Lesson.objects.visible_to(reader).filter(status=Status.SUBMITTED)
    assert others.exists() == (person in SCREENERS)


@pytest.mark.parametrize("person", PEOPLE)
def test_who_enters_the_admin(person: str) -> None:
    reader = User.objects.get(pk=UserFactory(**PEOPLE[person]).pk)
    expected = SCREENERS | {"contributor", "administrator"}
    assert may_enter_admin(reader) == (person in expected)


def test_a_reader_without_roles_attribute_reads_by_audience_only() -> None:
    LessonFactory(status=Status.DRAFT)
    published = LessonFactory()
    reader = SimpleNamespace(is_authenticated=True, is_active=True, audience_tokens=frozenset({COMMUNITY}))
    assert list(Lesson.objects.visible_to(reader)) == [published]


def test_pages_answer_404_exactly_where_reading_is_refused(client, matrix: list[Lesson]) -> None:
    member = UserFactory()
    client.force_login(member)
    for lesson in matrix:
        answer = client.get(reverse("lessons:detail", args=[lesson.code or lesson.pk]))
        assert (answer.status_code == 200) == may_read(member, lesson)
        assert answer.status_code in (200, 404)
