"""Template tags of every room: dates as people say them, icons, and a hash that never reaches a page unescaped."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from core.templatetags.commons import icon, spoken_date, spoken_moment, spoken_time

NOW = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
TODAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A Wednesday evening in Greenwich; in Tokyo it is Thursday already."""
    with time_machine.travel(NOW, tick=False), timezone.override(UTC), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "Mon"),
        (6, "Thu"),
        (7, "25 Feb"),
        (62, "1 Jan"),
        (63, "31 Dec 2025"),
        (-1, "5 Mar"),
        (-303, "1 Jan 2027"),
    ],
)
def test_a_date_as_people_say_it(days: int, words: str) -> None:
    day = TODAY - timedelta(days=days)
    assert spoken_date(day) == words
    assert spoken_date(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) == words


def test_no_date_has_no_words() -> None:
    assert spoken_date(None) == ""
    assert spoken_time(None) == ""


def test_a_moment_is_told_by_the_readers_clock() -> None:
    moment = datetime(2026, 3, 4, 14, 59, tzinfo=UTC)
    assert spoken_date(moment) == "today"
    with timezone.override("Asia/Tokyo"):
        assert spoken_date(moment) == "yesterday"
        assert spoken_date(moment + timedelta(minutes=1)) == "today"


def test_the_exact_time_stands_behind_the_words() -> None:
    moment = datetime(2026, 3, 3, 8, 5, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert spoken_moment(moment) == (
            '<time datetime="2026-03-03T09:05:00+01:00" title="3 March 2026, 09:05 CET">yesterday, 09:05</time>'
        )
    assert spoken_time(TODAY) == '<time datetime="2026-03-04" title="4 March 2026">today</time>'


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_has_words(day: date) -> None:
    assert spoken_date(day)


def test_an_icon_is_decoration_until_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icon("search")
    assert "#search" in icon("search")
    named = icon("lock", "Closed")
    assert 'role="img" aria-label="Closed"' in named
    assert "aria-hidden" not in named


def test_the_label_of_an_icon_is_escaped() -> None:
    page = Template("{% load commons %}{% icon 'x' label %}").render(Context({"label": '"><script>'}))
    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page
