"""A facilitator runs a round on the demo cohort: a draft with three objectives, the same seed the same pairs, swaps, reasons.

Nothing is published, since all journeys share the demo's people; publishing is held by tests/mentoring/test_rounds.py.
"""

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
    objectives = page.get_by_role("table").first
    weakest = [int(row.locator("td").nth(2).inner_text()) for row in objectives.locator("tbody tr").all()]
    assert weakest[2] >= weakest[0]

    page.get_by_role("link", name="Swap").first.click()
    expect(page.get_by_role("main")).to_contain_text("total")
    check_page(page)

    assert _solved(page, "Most participants") == first


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
    for _attempt in range(ATTEMPTS):
        if page.get_by_role("button", name="Publish").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("button", name="Publish")).to_be_visible()
    pairs = page.get_by_role("table").nth(1).locator("tbody tr")
    return [" ".join(row.inner_text().split()) for row in pairs.all()]
