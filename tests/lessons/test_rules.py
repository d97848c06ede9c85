"""Who moves a lesson: the table of roles, states and verbs, and that every predicate equals its queryset twin."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser

from core.audiences import COMMUNITY, PRACTITIONERS
from lessons import route_rules, rules
from lessons.choices import RouteState, Status
from lessons.models import Lesson, LessonRoute
from lessons.permissions import completable, may_complete
from people.models import User
from people.roles import Role
from playbook.models import PlayPage
from tests.lessons.factories import ExternalFactory, LessonFactory
from tests.lessons.test_access import PEOPLE
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
MATRIX: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "review_matrix.yaml").read_text(encoding="utf-8")
)
APART: dict[str, list[str]] = MATRIX.pop("apart")
TWINS: dict[str, tuple[Callable[..., bool], Callable[..., Any]]] = {
    "screen": (rules.may_screen, rules.screenable),
    "validate": (rules.may_validate, rules.validatable),
    "return": (rules.may_return, rules.returnable),
    "review": (rules.may_review, rules.reviewable),
    "reopen": (rules.may_reopen, rules.reopenable),
    "archive": (rules.may_archive, rules.archivable),
    "route": (rules.may_route, rules.routable),
    "respond": (rules.may_respond, rules.respondable),
    "complete": (may_complete, completable),
}


def fresh(person: User) -> User:
    """As a request reads them: nothing remembered."""
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(("person", "verb", "status"), list(product(PEOPLE, MATRIX, Status)))
def test_the_table(person: str, verb: str, status: Status) -> None:
    lesson = LessonFactory(status=status, author=UserFactory(profile={"division": "Elsewhere"}))
    reader = fresh(UserFactory(**PEOPLE[person]))
    expected = person in MATRIX[verb].get(status.value, ())
    assert TWINS[verb][0](reader, lesson) == expected


@pytest.mark.parametrize(("part", "verb"), list(product(APART, MATRIX)))
def test_a_part_in_the_lesson_shuts_out(part: str, verb: str) -> None:
    facilitator = UserFactory(roles=(Role.FACILITATOR,), profile={"division": "Oncology"})
    author = UserFactory(profile={"division": "Oncology" if part == "neighbour" else "Elsewhere"})
    lesson = LessonFactory(status=Status(next(iter(MATRIX[verb]))), author=author)
    if part == "credited":
        lesson.credited.add(facilitator)
    elif part != "neighbour":
        setattr(lesson, "screened_by" if part == "screener" else part, facilitator)
    lesson.save()
    assert TWINS[verb][0](fresh(facilitator), lesson) == (verb not in APART[part])


class TestTwins:
    """Over every mixture of state, audience, kind and part."""

    @pytest.fixture
    def people(self) -> dict[str, User]:
        known = {name: UserFactory(**fields) for name, fields in PEOPLE.items()}
        for name in ("author", "owner", "credited", "screener"):
            profile = {"division": "Oncology"}
            known[name] = UserFactory(roles=("facilitator",), is_practitioner=True, profile=profile)
        known["neighbour"] = UserFactory(roles=("facilitator",), profile={"division": "Oncology"})
        return known

    @pytest.fixture
    def matrix(self, people: dict[str, User]) -> list[Lesson]:
        lessons = []
        for status, audience in product(Status, (COMMUNITY, PRACTITIONERS)):
            fields = {"status": status, "audience": audience}
            lessons += [LessonFactory(**fields), ExternalFactory(**fields)]
            lessons.append(LessonFactory(**fields, author=people["author"], owner=people["owner"]))
            lessons.append(LessonFactory(**fields, screened_by=people["screener"]))
            lessons[-1].credited.add(people["credited"], people["author"])
        return lessons

    @pytest.mark.parametrize("verb", TWINS)
    def test_predicates_equal_their_querysets(
        self, verb: str, people: dict[str, User], matrix: list[Lesson]
    ) -> None:
        predicate, twin = TWINS[verb]
        rows = list(Lesson.objects.with_people())
        for name, person in (*people.items(), ("stranger", None)):
            reader = fresh(person) if person else AnonymousUser()
            by_queryset = set(twin(Lesson.objects.all(), reader).values_list("pk", flat=True))
            assert by_queryset == {row.pk for row in rows if predicate(reader, row)}, name

    def test_asking_costs_no_query_of_rows_read_with_people(
        self, people: dict[str, User], matrix: list[Lesson], django_assert_num_queries: Any
    ) -> None:
        reader = fresh(people["facilitator"])
        rows = list(Lesson.objects.with_people())
        assert reader.role_names
        assert rules.division_of(reader) == ""
        with django_assert_num_queries(0):
            for predicate, _twin in TWINS.values():
                assert len([predicate(reader, row) for row in rows]) == len(rows)


@pytest.mark.world("starter")
class TestRoutes:
    @pytest.mark.parametrize("rule", ["answer", "check"])
    def test_predicates_equal_their_querysets(self, rule: str) -> None:
        owner, steward = UserFactory(), UserFactory(roles=("steward",))
        gone, practising = UserFactory(is_active=False), UserFactory(is_practitioner=True)
        plays = list(PlayPage.objects.live()[:4])
        for play, play_owner in zip(plays, (owner, None, gone, practising), strict=True):
            PlayPage.objects.filter(pk=play.pk).update(play_owner=play_owner)
        for play, state, audience, status in product(
            plays, RouteState, (COMMUNITY, PRACTITIONERS), (Status.PUBLISHED, Status.ARCHIVED)
        ):
            lesson = LessonFactory(audience=audience, status=status)
            LessonRoute.objects.create(lesson=lesson, play=play, state=state, due="2026-01-05")
        predicate, twin = {
            "answer": (route_rules.may_answer, route_rules.answerable),
            "check": (route_rules.may_check, route_rules.checkable),
        }[rule]
        routes = list(LessonRoute.objects.with_all())
        for person in (owner, steward, gone, practising, UserFactory(), None):
            reader = fresh(person) if person else AnonymousUser()
            by_queryset = set(twin(LessonRoute.objects.all(), reader).values_list("pk", flat=True))
            assert by_queryset == {route.pk for route in routes if predicate(reader, route)}
        assert any(predicate(fresh(owner), route) for route in routes)
        assert any(predicate(fresh(steward), route) for route in routes)
