"""Equal posts make one thing, however many come at once; different ones do not hold each other up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone
from pytest_django.fixtures import Settings

from composer.api import post_once
from composer.models import Submission
from composer.services.post_once import digest_of
from people.models import User
from tests.people.factories import UserFactory

TEXTS = {"title": "Late papers", "body": "The pre-read came late."}


class Maker:
    """Makes things and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"/made/{self.made}/"


def test_the_second_click_finds_what_the_first_one_made(writer: User) -> None:
    make = Maker()
    first = post_once(owner=writer, place="topic:new", texts=TEXTS, make=make)
    again = post_once(owner=writer, place="topic:new", texts=dict(reversed(TEXTS.items())), make=make)
    assert first == ("/made/1/", True)
    assert again == ("/made/1/", False)


def test_what_does_not_stand_any_more_is_made_anew(writer: User) -> None:
    make = Maker()
    post_once(owner=writer, place="topic:new", texts=TEXTS, make=make)
    again = post_once(owner=writer, place="topic:new", texts=TEXTS, make=make, stands=lambda: False)
    assert again == ("/made/2/", True)


@pytest.mark.parametrize(
    ("place", "texts"),
    [
        ("topic:new", {**TEXTS, "body": "Another"}),
        ("topic:2", TEXTS),
        ("topic:new", {"title": TEXTS["title"]}),
    ],
)
def test_another_text_or_place_is_another_thing(writer: User, place: str, texts: dict[str, str]) -> None:
    make = Maker()
    post_once(owner=writer, place="topic:new", texts=TEXTS, make=make)
    assert post_once(owner=writer, place=place, texts=texts, make=make) == ("/made/2/", True)


def test_two_people_may_say_the_same(writer: User, colleague: User) -> None:
    make = Maker()
    post_once(owner=writer, place="topic:new", texts=TEXTS, make=make)
    assert post_once(owner=colleague, place="topic:new", texts=TEXTS, make=make)[1]


def test_field_names_and_texts_cannot_be_shifted_into_each_other() -> None:
    assert digest_of(1, "p", {"a": "b", "c": "d"}) != digest_of(1, "p", {"a": 'b", "c": "d'})
    assert digest_of(1, "p", {"ab": "c"}) != digest_of(1, "p", {"a": "bc"})


def test_whoever_knows_the_rows_cannot_find_out_whose_they_are(writer: User, settings: Settings) -> None:
    """Texts are public once they are posted: without the key nobody can try who wrote them."""
    post_once(owner=writer, place="topic:new", texts=TEXTS, make=lambda: "/")
    (row,) = Submission.objects.values()
    assert set(row) == {"id", "digest", "url", "created"}
    settings.SECRET_KEY = "somebody else's"
    assert row["digest"] != digest_of(writer.pk, "topic:new", TEXTS)


def test_after_five_minutes_it_is_meant(writer: User) -> None:
    make = Maker()
    now = timezone.now()
    for minutes, made in ((0, 1), (4, 1), (6, 2), (10, 2), (12, 3)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            post_once(owner=writer, place="topic:new", texts=TEXTS, make=make)
        assert make.made == made, minutes
    assert Submission.objects.count() == 1


def test_what_failed_may_be_tried_again(writer: User) -> None:
    def fail() -> str:
        Group.objects.create(name="half made")
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        post_once(owner=writer, place="topic:new", texts=TEXTS, make=fail)
    assert not Group.objects.filter(name="half made").exists()
    assert post_once(owner=writer, place="topic:new", texts=TEXTS, make=Maker())[1]


@pytest.mark.django_db(transaction=True)
def test_twenty_equal_posts_at_once_make_one(at_once: Callable[..., list[Any]]) -> None:
    pk = UserFactory().pk

    def post(number: int) -> tuple[tuple[str, bool], int]:
        owner = User.objects.get(pk=pk)

        def make() -> str:
            return f"/groups/{Group.objects.create(name=f'made by {number}').pk}/"

        answer = post_once(owner=owner, place="topic:new", texts=TEXTS, make=make)
        return answer, Group.objects.filter(name__startswith="made by").count()

    answers = at_once(20, post)
    assert len({url for (url, _new), _count in answers}) == 1
    assert sum(new for (_url, new), _count in answers) == 1
    assert {count for _answer, count in answers} == {1}


@pytest.mark.django_db(transaction=True)
def test_twenty_different_posts_at_once_make_twenty(at_once: Callable[..., list[Any]]) -> None:
    pk = UserFactory().pk

    def post(number: int) -> tuple[str, bool]:
        owner = User.objects.get(pk=pk)
        return post_once(
            owner=owner, place="topic:new", texts={"body": str(number)}, make=lambda: f"/made/{number}/"
        )

    assert at_once(20, post) == [(f"/made/{number}/", True) for number in range(20)]
