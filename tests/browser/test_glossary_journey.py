"""The glossary in Chromium: a word is looked up in one go, with scripts or without, and a link lands on its term."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
GLOSSARY = "/playbook/glossary/"
PLAY = "/playbook/stand-up-governance-and-ground-rules/"
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
BACKGROUND = "element => getComputedStyle(element).backgroundColor"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_link_lands_on_its_term_and_marks_it(
    open_as: OpenAs, check_page: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(f"{GLOSSARY}#joint-steering-committee")
    term, next_term = page.locator("#joint-steering-committee"), page.locator("#joint-executive-committee")
    expect(term.locator("dt")).to_be_in_viewport()
    under_the_bar = page.locator(".top").evaluate("element => element.getBoundingClientRect().bottom")
    assert term.evaluate("element => element.getBoundingClientRect().top") >= under_the_bar
    assert term.evaluate(BACKGROUND) != next_term.evaluate(BACKGROUND)
    check_page(page)


def test_the_list_follows_what_is_typed_and_the_address_keeps_it(
    open_as: OpenAs, check_page: Callable[[Page], None]
) -> None:
    page = open_as()
    page.goto(GLOSSARY)
    field = page.get_by_role("searchbox", name="Find a term or a short form")
    field.press_sequentially("qppv")
    expect(page.locator("main").get_by_role("status")).to_have_text("1 term for “qppv”")
    expect(page.locator(".term")).to_have_count(1)
    expect(page.locator(".term dt")).to_contain_text("Qualified person for pharmacovigilance")
    expect(field).to_be_focused()
    assert page.url.endswith("?q=qppv")
    check_page(page)
    page.reload()
    expect(page.locator(".term")).to_have_count(1)
    field.fill("")
    expect(page.get_by_role("navigation", name="View")).to_be_visible()
    field.fill("no such word")
    expect(page.get_by_role("heading", name="No term fits")).to_be_visible()
    check_page(page)


def test_it_is_used_without_scripts(open_as: OpenAs) -> None:
    page = open_as(javascript=False)
    page.goto("/")
    page.get_by_role("link", name="What the words and short forms mean").click()
    page.get_by_role("navigation", name="View").get_by_role("link", name="A to Z").click()
    expect(page.get_by_role("navigation", name="View").locator("[aria-current]")).to_have_text("A to Z")
    page.get_by_role("searchbox", name="Find a term or a short form").fill("JSC")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".term").first).to_contain_text("Joint Steering Committee")
    assert "view=a-z" in page.url
    page.get_by_role("link", name="Show all terms").click()
    expect(page.get_by_role("navigation", name="View").locator("[aria-current]")).to_have_text("A to Z")


def test_from_a_play_and_from_search_to_the_meaning(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(PLAY)
    page.get_by_role("region", name="Short forms here").get_by_role(
        "link", name="Joint Steering Committee"
    ).click()
    expect(page.locator(".term:target")).to_contain_text("The senior joint body")
    page.goto("/search/?q=JSC")
    page.locator(".hit").first.get_by_role("link", name="Joint Steering Committee (JSC)").click()
    expect(page.locator(".term:target dt")).to_be_in_viewport()


def test_a_keyboard_reaches_the_link_of_a_term(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(f"{GLOSSARY}?q=jsc")
    link = page.get_by_role("link", name="Link to Joint Steering Committee")
    page.get_by_role("link", name="Show all terms").focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.evaluate("element => getComputedStyle(element).opacity") == "1"
