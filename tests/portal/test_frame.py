"""The frame around every page: style guide, error pages, theme, one heading."""

import re

import pytest
from django.test import Client

from portal.navigation import MAIN, main_links
from portal.views.styleguide import SECTIONS
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def headings(html: str) -> list[str]:
    return re.findall(r"<h1\b", html)


def test_style_guide_shows_every_section_under_one_heading(member: Client) -> None:
    html = member.get("/styleguide/").content.decode()
    assert len(headings(html)) == 2  # its own, and the one that the section on type shows
    for section in SECTIONS:
        assert f'id="{section.slug}"' in html


def test_missing_page_says_what_to_do_and_keeps_the_frame(member: Client) -> None:
    answer = member.get("/no-such-page/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "This page is not here" in html
    assert 'href="/search/"' in html
    assert len(headings(html)) == 1


@pytest.mark.parametrize("path", ["/playbook/", "/playbook/tools/", "/lessons/"])
def test_navigation_marks_the_longest_place_that_fits(path: str) -> None:
    current = [link for link in main_links(path + "some-page/") if link.current]
    assert [link.url for link in current] == [path]


def test_navigation_marks_nothing_elsewhere() -> None:
    assert not any(link.current for link in main_links("/search/"))
    assert len(MAIN) == len({link.url for link in MAIN})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_is_remembered_and_returns_to_the_page(member: Client, theme: str) -> None:
    answer = member.post("/preferences/theme/", {"theme": theme, "next": "/styleguide/"})
    assert answer.headers["Location"] == "/styleguide/"
    assert f'data-theme="{theme}"' in member.get("/styleguide/").content.decode()


def test_theme_as_the_system_sets_nothing_on_the_page(member: Client) -> None:
    member.post("/preferences/theme/", {"theme": "dark"})
    member.post("/preferences/theme/", {"theme": ""})
    assert "data-theme" not in member.get("/styleguide/").content.decode()


def test_unknown_theme_changes_nothing(member: Client) -> None:
    answer = member.post("/preferences/theme/", {"theme": 'dark" onload="x'})
    assert "theme" not in answer.cookies


def test_forged_theme_cookie_does_not_reach_the_page(member: Client) -> None:
    member.cookies["theme"] = "dark onload"
    assert "onload" not in member.get("/styleguide/").content.decode()
