"""The first ninety days in Chromium: declared, set by five questions, three mentors at once, ticked by real acts, paused."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
SECONDS = 20_000
"""So long may the worker take to hear of a post."""


def test_from_the_declaration_to_three_mentors_and_a_step_that_ticks_itself(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    page = open_as("aoife_brennan")
    page.goto("/onboarding/")
    page.get_by_role("link", name="I look after alliances").click()
    page.get_by_label("Since when").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Your first 90 days")).to_be_visible()
    expect(page.get_by_text("not confirmed yet")).to_be_visible()

    page.get_by_role("link", name="Confirm your role and your alliances", exact=True).click()
    page.get_by_role("link", name="Do it now").click()
    page.get_by_label("Code name").first.fill("Bittern")
    page.get_by_label("Alliance type").first.select_option(label="Co-development")
    page.get_by_label("Phase").first.select_option(label="Start-up")
    page.get_by_label("Share of time, in per cent").fill("60")
    page.get_by_role("button", name="Set my path").click()
    expect(page.get_by_role("alert")).to_contain_text("charter")
    expect(page.get_by_label("Code name").first).to_have_value("Bittern")
    check_page(page)
    page.get_by_label("I have read the community charter").check()
    page.get_by_role("button", name="Set my path").click()

    cards = page.get_by_role("article")
    expect(cards.first).to_be_visible()
    assert cards.count() <= 3
    for card in cards.all():
        points = [
            int(found)
            for found in re.findall(r"(\d+) of \d+", " ".join(card.locator(".reasons").all_text_contents()))
        ]
        assert sum(points) == int(re.sub(r"\D", "", card.locator(".fit").text_content().split(":")[-1]))
    check_page(page)

    page.get_by_role("link", name="Read two plays and three lessons, one line each").click()
    expect(page.get_by_role("region", name="Your reading").get_by_text("P07")).to_be_visible()
    check_page(page)

    page.goto("/forums/ask/?board=introductions&kind=discussion")
    page.get_by_label("Title").fill("Hello from a newcomer in Quality")
    page.locator("textarea").first.fill("I was in Quality before, and look forward to your questions.")
    page.get_by_role("button", name=re.compile("Post|Tell|Ask")).last.click()
    page.wait_for_url(re.compile(r"/forums/introductions/\d+/"))
    _wait_for_done(page, "Introduce yourself in the forum")


def _wait_for_done(page: Page, title: str) -> None:
    for _attempt in range(SECONDS // 500):
        page.goto("/onboarding/")
        if page.locator("li.done").filter(has_text=title).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"“{title}” did not tick itself.")


def test_a_newcomer_pauses_and_takes_up_again_on_a_dark_phone(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as("dana_whitfield", width=390, scheme="dark")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Day 2[89] with Harrier"))
    page.get_by_role("link", name="Your 90 days").click()
    page.get_by_role("button", name="Pause the path").click()
    expect(page.get_by_text("Paused: no date is running and no mail comes.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Take it up again").click()
    expect(page.get_by_role("button", name="Pause the path")).to_be_visible()


def test_reading_differs_by_the_kind_of_alliance(open_as: OpenAs) -> None:
    shown = []
    for person in ("ilse_koster", "thandiwe_dlamini"):
        page = open_as(person)
        page.goto("/onboarding/step/S7/")
        shown.append(page.get_by_role("region", name="Your reading").inner_text())
    assert shown[0] != shown[1]
