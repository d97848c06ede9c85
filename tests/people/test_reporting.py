"""Reporting lines in data as it is: cycles, gaps, whole trees."""

from itertools import pairwise

import pytest

from people.api import managers, reporting_line, reports_below
from people.models import User
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
    assert managers()[one.pk] == two.pk


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
