"""Who tells a lesson without a name: what other rooms ask of lessons does not lead to them."""

import pytest

from lessons.api import author_of
from tests.lessons.factories import LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_facts_find_the_author_of_a_named_lesson_alone() -> None:
    """What follows from a fact, such as a step of the path that ticks itself at that minute, is seen by others."""
    author = UserFactory()
    assert author_of(LessonFactory(author=author).pk) == author.pk
    assert author_of(LessonFactory(author=author, unnamed=True).pk) is None
