"""A facilitator runs a round on the demo cohort: a draft with three objectives, the same seed the same pairs, swaps, reasons.

Nothing is published, since all journeys share the demo's people; test_publish_journey.py has a portal of its own for that.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
ATTEMPTS = 40


def test_a_round_from_draft_to_swap(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as("amara_osei")
    first = _solved(page, "Most participants")
    check_page(page)
    expect(page.get_by_role("heading", name="Without a mentor")).to_be_visible()
    expect(page.get_by_text("no working language in common").first).to_be_visible()
    expect(page.get_by_role("heading", name="Wanted and offered")).to_be_visible()
    expect(page.get_by_role("img", name="the table has the figures")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("table", name="Wanted and offered")).to_be_visible()
    figures = page.get_by_role("group", name="What counts most").locator("small").all_inner_texts()
    weakest = [int(words.rsplit(" ", 1)[1]) for words in figures]
    assert weakest[2] >= weakest[0]

    page.get_by_role("link", name="Swap").first.click()
    expect(page.get_by_role("main")).to_contain_text("total")
    check_page(page)

    assert _solved(page, "Most participants") == first
    _discard_by_keyboard(page)


def test_a_draft_is_solved_again_for_what_counts_more(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as("amara_osei")
    _solved(page, "Most participants")
    kept = page.get_by_role("table", name="Pairs").locator("tbody tr").last
    pair = kept.locator("th, td").nth(0).inner_text(), kept.locator("th, td").nth(1).inner_text()
    kept.get_by_role("checkbox").check()
    before = page.url
    page.get_by_label("Nobody badly matched").check()
    page.get_by_role("button", name="Solve again").click()
    _wait_until_solved(page)
    assert page.url != before
    expect(page.get_by_label("Nobody badly matched")).to_be_checked()
    row = page.get_by_role("table", name="Pairs").locator("tbody tr").filter(has_text=pair[0].split("\n")[-1])
    expect(row).to_contain_text(pair[1].split("\n")[-1])
    check_page(page)
    _discard_by_keyboard(page)


def test_the_pages_of_a_round_on_a_dark_phone(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as("amara_osei", width=390, scheme="dark")
    _solved(page, "Nobody badly matched")
    check_page(page)


def test_members_find_no_rounds(open_as: OpenAs) -> None:
    page = open_as("ilse_koster")
    answer = page.goto("/mentoring/coordinate/rounds/")
    assert answer is not None
    assert answer.status == 404


def _solved(page: Page, objective: str) -> list[str]:
    """The pairs of a new round, once the worker has solved it."""
    page.goto("/mentoring/coordinate/rounds/")
    page.get_by_label("What counts most").select_option(label=objective)
    page.get_by_role("button", name="Solve a round").click()
    _wait_until_solved(page)
    pairs = page.get_by_role("table", name="Pairs").locator("tbody tr")
    return [" ".join(row.inner_text().split()) for row in pairs.all()]


def _wait_until_solved(page: Page) -> None:
    for _attempt in range(ATTEMPTS):
        if page.get_by_role("button", name="Publish").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("button", name="Publish")).to_be_visible()


def _discard_by_keyboard(page: Page) -> None:
    """Takes the draft back in one step."""
    page.get_by_text("Discard this draft").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Discarded. Nobody was told of it.")).to_be_visible()
    expect(page).to_have_url(re.compile("/mentoring/coordinate/rounds/$"))
