"""A facilitator reads how mentoring goes: from the menu, another period by keyboard, the file; nobody else finds it.

Pairs that other journeys leave behind count, too: what is compared are page and file, not numbers.
"""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
ADDRESS = "/mentoring/reports/"
CheckPage = Callable[[Page], None]


def test_figures_from_the_menu_another_period_by_keyboard_and_the_file(
    open_as: OpenAs, check_page: CheckPage, tmp_path: Path
) -> None:
    page = open_as("ximena_robles")
    page.goto("/")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("link", name="Mentoring", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="Mentoring in figures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mentoring in figures")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="To the first talk"))
    expect(card).to_contain_text(re.compile("Target (not )?met"))
    expect(card).to_contain_text("at most 7 days")
    expect(card).to_contain_text(re.compile(r"\d+ pairs"))
    check_page(page)

    page.get_by_label("Period").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/?period=90&by=function")
    expect(page.get_by_label("Period")).to_have_value("90")
    expect(page.get_by_role("heading", name="By business function")).to_be_visible()
    check_page(page)

    with page.expect_download() as begun:
        page.get_by_role("link", name="Download as CSV").click()
    saved = tmp_path / begun.value.suggested_filename
    begun.value.save_as(saved)
    assert saved.name.startswith("mentoring-figures-90-")
    rows = list(csv.DictReader(StringIO(saved.read_text(encoding="utf-8-sig"))))
    shown = {(row["Figure"], row["Group"]): row["Value"] for row in rows}
    assert shown["Appointed", "Everybody"] == page.locator(".funnel .count b").first.inner_text()
    value = shown["To the first talk", "Everybody"]
    few = value == "fewer than 5"
    expect(card).to_contain_text("Too few people to say" if few else f"{float(value):.1f}".removesuffix(".0"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figures_on_a_phone(open_as: OpenAs, check_page: CheckPage, scheme: str) -> None:
    page = open_as("amara_osei", width=390, scheme=scheme)
    page.goto(f"{ADDRESS}?period=all&by=function")
    expect(page.get_by_text("From the beginning to")).to_be_visible()
    check_page(page)


def test_without_javascript_and_for_an_administrator(open_as: OpenAs) -> None:
    page = open_as("petra_novakova", javascript=False)
    page.goto("/mentoring/")
    expect(page.get_by_role("link", name="Running mentorships")).to_have_count(0)
    page.get_by_role("link", name="Mentoring in figures").click()
    page.get_by_label("Table by").select_option(label="Business function")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("table")).to_contain_text("Everybody")


def test_members_find_no_figures(open_as: OpenAs) -> None:
    page = open_as("ilse_koster")
    for address in (ADDRESS, f"{ADDRESS}figures.csv"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
    page.goto("/mentoring/")
    expect(page.get_by_role("link", name="Mentoring in figures")).to_have_count(0)
