"""Reporting lines in data as it is: cycles, gaps, whole trees."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from people.api import lines_above, reporting_line, reports_below
from people.models import Profile, User
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def chain(*people: User) -> None:
    """Each person reports to the next."""
    for below, above in pairwise(people):
        below.profile.manager = above
        below.profile.save()


def test_three_levels_up_and_all_below() -> None:
    one, two, three, four, five = UserFactory.create_batch(5)
    chain(one, two, three, four, five)
    assert reporting_line(one.pk) == {two.pk, three.pk, four.pk}
    assert reports_below(five.pk) == {one.pk, two.pk, three.pk, four.pk}


def test_all_who_are_above_of_many_people_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one, two, three, four, five = UserFactory.create_batch(5)
    chain(one, two, three, four, five)
    with django_assert_num_queries(1):
        found = lines_above({one.pk: two.pk, four.pk: five.pk, five.pk: None})
    assert found == {one.pk: {two.pk, three.pk, four.pk, five.pk}, four.pk: {five.pk}, five.pk: frozenset()}


def test_a_circle_ends() -> None:
    one, two, three = UserFactory.create_batch(3)
    chain(one, two, three, one)
    assert reporting_line(one.pk, up=10) == {two.pk, three.pk}
    assert reports_below(one.pk) == {two.pk, three.pk}


def test_one_own_manager_is_nobody_else() -> None:
    one = UserFactory.create()
    chain(one, one)
    assert reporting_line(one.pk) == frozenset()
    assert reports_below(one.pk) == frozenset()


@pytest.fixture
def eight() -> list[User]:
    return UserFactory.create_batch(8)


@given(st.dictionaries(st.integers(0, 7), st.integers(0, 7)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_above_is_the_other_side_of_below(eight: list[User], tree: dict[int, int]) -> None:
    Profile.objects.update(manager=None)
    for below, above in tree.items():
        Profile.objects.filter(user=eight[below]).update(manager=eight[above])
    found = lines_above({one.pk: eight[tree[at]].pk if at in tree else None for at, one in enumerate(eight)})
    for one in eight:
        assert reports_below(one.pk) == {other.pk for other in eight if one.pk in found[other.pk]}
