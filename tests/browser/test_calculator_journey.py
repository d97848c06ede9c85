"""Computing as people do it: presets, typing, rows, a shared link; by keyboard, on a phone, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
TOOLS = "/playbook/tools/"
DELAY = f"{TOOLS}cost-of-delay-calculator/"
LOAD = f"{TOOLS}workload-and-service-plan/"
SCREENER = f"{TOOLS}tier-and-touch-screener/"
KINDS = (
    "start-up-plan-day-0-to-90",
    "committee-charter",
    "obligation-register",
    "decision-rights-matrix",
    "stakeholder-and-counterpart-map",
    "kickoff-agenda-one-day",
    "alliance-health-check-both-sides",
    "partnering-readiness-check",
)


def _result(page: Page) -> str:
    return page.locator("#calculator-result").inner_text()


def test_from_the_library_to_a_result_and_a_link_that_leads_back(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    page = open_as()
    page.goto(TOOLS)
    check_page(page)
    page.get_by_role("link", name=re.compile("^Calculator")).click()
    page.get_by_role("link", name=re.compile("Cost of delay")).click()
    expect(page.locator("#calculator-result")).to_contain_text("2.96")
    page.get_by_label("Delay, likely case").fill("31")
    expect(page.locator("#calculator-result")).to_contain_text("3.06")
    expect(page).to_have_url(re.compile(r"days_likely=31$"))
    expect(page.locator("#calculator-file")).to_have_attribute("href", re.compile(r"days_likely=31$"))
    check_page(page)
    shared = open_as("amara_osei")
    shared.goto(page.url)
    expect(shared.locator("#calculator-result")).to_contain_text("3.06")


def test_a_calculator_prints_with_its_result_and_warnings(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(DELAY)
    page.emulate_media(media="print")
    expect(page.locator("#calculator-result")).to_be_visible()
    expect(page.locator("#calculator-result")).to_contain_text("These are the sample values")
    expect(page.get_by_role("button", name="Show the result")).to_have_count(0)
    expect(page.locator(".top")).to_be_hidden()


def test_a_wrong_figure_is_kept_and_explained_while_typing(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as()
    page.goto(DELAY)
    page.get_by_label("Delay, low case").fill("2000")
    expect(page.locator("#calculator-result")).to_contain_text("you wrote 2000")
    expect(page.get_by_label("Delay, low case")).to_have_value("2000")
    page.get_by_role("button", name="Show the result").last.click()
    expect(page.get_by_role("alert")).to_contain_text("1 thing stops the result")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Delay, low case")).to_be_focused()
    check_page(page)


def test_rows_and_presets_without_javascript(open_as: OpenAs) -> None:
    page = open_as(javascript=False)
    page.goto(LOAD)
    page.get_by_role("button", name="Licence desk").click()
    expect(page.locator("#in-alliances-0-alliance")).to_have_value("Eight distributors")
    page.get_by_role("button", name="Add a row Alliances").click()
    page.locator("#in-alliances-2-alliance").fill("Heron")
    page.locator("#in-alliances-2-category").select_option("E")
    page.get_by_role("button", name="Remove row 1").click()
    expect(page.locator(".calc-row")).to_have_count(2)
    expect(page.locator("#in-alliances-1-alliance")).to_have_value("Heron")
    page.get_by_role("button", name="Show the result").last.click()
    assert "Balanced" in _result(page)


def test_rows_and_presets_with_javascript_change_the_result_at_once(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    page = open_as()
    page.goto(LOAD)
    page.get_by_role("button", name="Licence desk").click()
    expect(page.locator("#calculator-result")).to_contain_text("101")
    page.get_by_role("button", name="Add a row Alliances").click()
    expect(page.locator(".calc-row")).to_have_count(3)
    page.locator("#in-alliances-2-category").select_option("E")
    expect(page.locator("#calculator-result")).to_contain_text("Overloaded")
    check_page(page)


def test_the_screener_by_keyboard_on_a_phone_in_the_dark(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as(width=390, scheme="dark")
    page.goto(SCREENER)
    first = page.locator('input[name="value_at_stake"][value="2"]')
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator('input[name="value_at_stake"][value="4"]')).to_be_checked()
    page.locator('input[name="strategic_fit"][value="2"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#calculator-result")).to_contain_text("T1")
    expect(page.locator("#calculator-said")).to_contain_text("Tier in force: T1")
    check_page(page)


def test_enter_shows_the_result_and_presses_no_other_button(open_as: OpenAs) -> None:
    page = open_as(javascript=False)
    page.goto(DELAY)
    page.get_by_label("Delay, likely case").fill("31")
    page.get_by_label("Delay, likely case").press("Enter")
    assert "3.06" in _result(page)
    assert "apply=" not in page.url


@pytest.mark.parametrize("slug", KINDS)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_kind_has_nothing_wrong_with_all_of_it_open(
    open_as: OpenAs, check_page: CheckPage, slug: str, width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(f"{TOOLS}{slug}/")
    page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true; })")
    check_page(page)


def test_a_download_arrives_under_its_name(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(f"{TOOLS}decision-log/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download for Excel").click()
    assert started.value.suggested_filename == "T07-decision-log.xlsx"
