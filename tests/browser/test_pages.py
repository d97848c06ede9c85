"""Every kind of page, wide and narrow, light and dark: nothing for axe, console, policy or the edge of the window."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenAs
from tests.browser.page_checks import fill_sign_in

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "map": "/playbook/",
    "by role area": "/playbook/?view=role-areas",
    "by habit": "/playbook/?view=habits",
    "A to Z": "/playbook/?view=a-z",
    "tools": "/playbook/tools/",
    "glossary": "/playbook/glossary/",
    "glossary by short form": "/playbook/glossary/?view=short-forms",
    "found terms": "/playbook/glossary/?q=am",
    "terms in search": "/search/?q=JSC&kind=term",
    "lessons": "/lessons/",
    "results": "/search/?q=joint+steering+committee",
    "narrowed results": "/search/?q=committee&phase=operate&kind=lesson",
    "nothing found": "/search/?q=zzyzx+quux",
    "missing": "/there/is/nothing/",
}
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_page_is_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], path: str, width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(path)
    assert page.locator("h1").count() == 1
    check_page(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_style_guide_is_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], width: int, scheme: str
) -> None:
    """Apart, since it shows headings as samples."""
    page = open_as(width=width, scheme=scheme)
    page.goto("/styleguide/")
    check_page(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize(
    ("start", "link"),
    [
        ("/playbook/?view=a-z", "main a[href^='/playbook/']:not([href*='?'])"),
        ("/playbook/tools/", "main a[href^='/playbook/tools/']:not([href$='/tools/'])"),
        ("/lessons/", "main a[href^='/lessons/']:not([href*='?']):not([href$='/lessons/'])"),
    ],
    ids=["play", "tool", "lesson"],
)
def test_page_behind_a_list_is_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], start: str, link: str, width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(start)
    page.locator(link).first.click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1
    check_page(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_sign_in_is_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = open_as("stranger", width=width, scheme=scheme)
    page.goto("/lessons/")
    assert "/accounts/login/" in page.url
    check_page(page)


def test_a_wrong_password_is_said_and_clean(open_as: OpenAs, check_page: Callable[[Page], None]) -> None:
    page = open_as("stranger")
    page.goto("/accounts/login/")
    fill_sign_in(page, email="ilse.koster@demo.example", password="not the password")
    page.wait_for_load_state()
    assert "/accounts/login/" in page.url
    check_page(page)


def test_the_checks_notice_what_is_wrong(open_as: OpenAs, check_page: Callable[[Page], None]) -> None:
    """The control: a page with one fault of each sort is not clean."""
    page = open_as()
    page.goto("/")
    page.evaluate(
        """() => {
        const wide = document.createElement("div");
        wide.innerHTML = '<img src="/static/icons/mark.svg"><button></button>';
        wide.style.width = "3000px";
        document.querySelector("main").append(wide);
        const script = document.createElement("script");
        script.src = "https://elsewhere.example/x.js";
        document.head.append(script);
        console.error("broken");
        }"""
    )
    page.wait_for_function("() => window.policyViolations.length > 0")
    with pytest.raises(AssertionError) as found:
        check_page(page)
    said = str(found.value)
    sorts = ("axe: image-alt", "axe: button-name", "overflow:", "policy:", "console:")
    assert [sort for sort in sorts if sort not in said] == [], said
