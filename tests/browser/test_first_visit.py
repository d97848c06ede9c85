"""The first visit, from sign-in to a lesson and back: by mouse on a desk, and by keyboard alone on a dark phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STRANGER, OpenAs
from tests.browser.page_checks import DEMO_PASSWORD, demo_email

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
WORDS = "joint steering committee decisions"
FOCUSED = """
() => {
  const here = document.activeElement;
  const label = here.labels?.[0]?.innerText ?? "";
  return [here.innerText, here.getAttribute("aria-label"), label, here.value].filter(Boolean).join(" ");
}
"""
MOST_TABS = 150


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until what has the focus is called so; fails where it is never reached or not to be seen."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"Tab never reached {words!r} on {page.url}")


def test_from_the_map_to_a_result_by_mouse(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as()
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Playbook").click()
    page.get_by_role("link", name="Decide whether to partner").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide whether to partner")
    check_page(page)
    page.locator("aside").get_by_role("link", name="Tier and touch screener").click()
    page.get_by_role("button", name="Show the result").click()
    expect(page.locator("#calculator-result")).to_contain_text("Tier in force")
    check_page(page)


def test_an_abbreviation_finds_what_the_words_find(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(f"/search/?q={WORDS}")
    assert "Also meant" in page.locator("#results").inner_text()
    in_words = set(page.locator("#results .hit h3").all_inner_texts())
    page.goto("/search/?q=JSC decisions")
    expect(page.locator("#results")).to_contain_text("Also meant")
    in_short = set(page.locator("#results .hit h3").all_inner_texts())
    assert in_words & in_short


def test_the_whole_visit_by_keyboard_on_a_dark_phone(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(STRANGER, width=390, scheme="dark")
    page.goto("/playbook/")
    page.get_by_label("E-mail").focus()
    page.keyboard.type(demo_email("amara_osei"))
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The standard playbook")
    page.keyboard.press("Tab")
    assert "Skip to content" in page.evaluate(FOCUSED)
    tab_to(page, "Decide whether to partner")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decide-whether-to-partner/")
    tab_to(page, "Tier and touch screener")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tier-and-touch-screener/**")
    tab_to(page, "Show the result")
    page.keyboard.press("Enter")
    expect(page.locator("#calculator-result")).to_contain_text("Tier in force")
    check_page(page)
    page.keyboard.press("/")
    if page.evaluate("document.activeElement.name") != "q":
        tab_to(page, "Search")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/")
        page.keyboard.press("/")
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=joint**")
    found = page.url
    check_page(page)
    tab_to(page, "Pre-read the night before")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/**")
    check_page(page)
    page.go_back()  # the browser's own key; nothing of ours may stand in its way
    assert page.url == found
    expect(page.locator("#results .hit").first).to_be_visible()
