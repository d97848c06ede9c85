"""Recording a lesson as a member does it: by keyboard, with the guard firing, errors, a killed tab, and without scripts."""

from collections.abc import Callable
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
STORY = (
    "Corvexa got the pre-read at 22:00 the evening before, as one file of 60 pages. The partner deferred all three "
    "decisions, and the next slot that suited both companies was 42 working days away."
)
FIVE_MINUTES = 300


def go_on(page: Page, name: str = "Next") -> None:
    """Presses the button of a step with the keyboard and waits for the next page."""
    page.get_by_role("button", name=name).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Types into a field, found by its label, as the keyboard does."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.type(text)


def choose(page: Page, label: str, option: str) -> None:
    """Makes sure of a choice that the profile may have made already."""
    page.get_by_label(label, exact=True).select_option(label=option)


def test_a_lesson_by_keyboard_with_the_guard_and_an_error_on_the_way(
    open_as: OpenAs, check_page: Callable[[Page], None]
) -> None:
    began = monotonic()
    page = open_as()
    page.goto("/lessons/")
    page.get_by_role("link", name="Record a lesson").press("Enter")
    go_on(page)
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Give the lesson a title.")
    check_page(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type("Pre-read on the eve of the committee")
    choose(page, "Alliance type", "Co-development")
    go_on(page)
    write(page, "What happened", STORY)
    offer = page.get_by_role("button", name="the partner instead of “Corvexa”")
    expect(offer).to_be_visible(timeout=15_000)
    expect(page.get_by_role("link", name="Pre-read the night before")).to_be_visible(timeout=15_000)
    check_page(page)
    offer.press("Enter")
    expect(page.get_by_label("What happened", exact=True)).to_have_value(
        STORY.replace("Corvexa", "The partner")
    )
    adds = page.get_by_role("group", name="Yours and “Pre-read the night before”").get_by_label("Adds to it")
    adds.focus()
    page.keyboard.press("Space")
    go_on(page)
    write(page, "Why did it happen?", "The pre-read came late.")
    go_on(page, "One more why")
    page.get_by_label("Went wrong").focus()
    page.keyboard.press("Space")
    go_on(page)
    expect(page.locator(".summary")).to_contain_text("Say why number 2 happened, or take it away")
    write(page, "Why was that?", "Nobody owned a date by which papers close.")
    go_on(page)
    write(page, "Working days", "42")
    go_on(page)
    write(page, "Who", "The alliance manager")
    write(page, "does what", "sends the pre-read and moves later papers to the next agenda")
    write(page, "when", "5 working days before each committee")
    expect(page.get_by_text("5 of 5")).to_be_visible(timeout=15_000)
    check_page(page)
    go_on(page, "Submit the lesson")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is submitted")
    check_page(page)
    assert monotonic() - began < FIVE_MINUTES
    page.goto("/lessons/mine/")
    expect(page.get_by_role("link", name="Pre-read on the eve of the committee").first).to_be_visible()


def test_a_killed_tab_loses_nothing(open_as: OpenAs) -> None:
    page = open_as("tomas_reyes")
    page.goto("/lessons/new/")
    write(page, "Title", "A lesson that a killed tab nearly took along")
    choose(page, "Alliance type", "Co-development")
    choose(page, "Life-cycle phase", "Start-up")
    go_on(page)
    write(page, "What happened", "Half a story, and then")
    expect(page.locator("[data-saved]")).to_be_visible(timeout=15_000)
    page.close()
    again = open_as("tomas_reyes", width=390, scheme="dark")
    again.goto("/compose/drafts/")
    again.get_by_role("link", name="A lesson that a killed tab nearly took along", exact=True).click()
    again.get_by_role("button", name="What happened").click()
    expect(again.get_by_label("What happened", exact=True)).to_have_value("Half a story, and then")
    again.goto("/compose/drafts/")
    again.get_by_role("button", name="Throw away: A lesson that a killed tab nearly took along").click()


def test_without_scripts_the_guard_and_the_steps_work_too(open_as: OpenAs) -> None:
    page = open_as("samir_haddad", width=390, javascript=False)
    page.goto("/lessons/new/")
    page.get_by_label("Title", exact=True).fill("Samples waited for a customs form")
    choose(page, "Alliance type", "Co-development")
    choose(page, "Life-cycle phase", "Start-up")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("What happened", exact=True).fill(STORY)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="a mid-size partner instead of “Corvexa”").click()
    expect(page.get_by_label("What happened", exact=True)).to_have_value(
        STORY.replace("Corvexa", "A mid-size partner")
    )
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Why did it happen?")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_all_steps_are_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = open_as("mei_tanaka", width=width, scheme=scheme)
    for step in ("planned", "happened", "why", "cost", "tell"):
        page.goto(f"/lessons/new/?step={step}")
        check_page(page)
        page.get_by_role("button", name="Submit the lesson" if step == "tell" else "Next").click()
        page.wait_for_load_state()
        check_page(page)
