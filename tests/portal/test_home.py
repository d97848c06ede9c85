"""Home: the same few queries whatever the size, and nothing a reader may not see."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.audiences import PRACTITIONERS
from portal.moments import MOMENTS, moments_for
from portal.views.home import greeting
from tests.lessons.factories import LessonFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db

BUDGET = 7
"""Queries beyond session, user and bell; one of them asks for the path of the first ninety days."""
SESSION_USER_AND_BELL = 3


def queries_of_home(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


def test_home_costs_the_same_with_many_lessons(client: Client) -> None:
    client.force_login(UserFactory())
    LessonFactory()
    few = queries_of_home(client)
    LessonFactory.create_batch(20)
    assert queries_of_home(client) == few
    assert few <= BUDGET + SESSION_USER_AND_BELL


def test_home_shows_the_newest_lessons_and_none_of_a_narrower_audience(client: Client) -> None:
    LessonFactory(title="Pre-read the night before")
    LessonFactory(title="Only for practitioners", audience=PRACTITIONERS)
    client.force_login(UserFactory())
    html = client.get("/").content.decode()
    assert "Pre-read the night before" in html
    assert "Only for practitioners" not in html


def test_home_without_content_says_what_will_be_there(client: Client) -> None:
    client.force_login(UserFactory())
    html = client.get("/").content.decode()
    assert "No lesson yet" in html
    assert "I am about to" not in html


@time_machine.travel(datetime(2026, 11, 24, 23, 30, tzinfo=UTC), tick=False)
def test_home_greets_by_the_clock_of_the_reader(client: Client) -> None:
    client.force_login(UserFactory(name="Mei Tanaka", profile={"time_zone": "Asia/Tokyo"}))
    html = client.get("/").content.decode()
    assert "Good morning, Mei." in html
    assert "Wednesday 25 November" in html


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening")],
)
def test_greeting_follows_the_day(hour: int, words: str) -> None:
    assert greeting(datetime(2026, 11, 24, hour, tzinfo=UTC)) == words


def test_moments_leave_out_what_is_not_there() -> None:
    assert moments_for(UserFactory()) == []
    assert len({moment.play for moment in MOMENTS}) == len(MOMENTS)
