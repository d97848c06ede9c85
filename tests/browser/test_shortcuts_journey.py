"""The keyboard shortcuts: what each does, where they stay quiet, and the switch that turns all of them off."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]


def test_each_shortcut(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as()
    page.goto("/pages/keyboard/")
    for key, place in {"l": "/lessons/", "p": "/playbook/", "f": "/forums/", "h": "/"}.items():
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(lambda url, place=place: urlsplit(url).path == place)
        page.wait_for_load_state("networkidle")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    check_page(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("[data-search-key]:focus")).to_have_count(1)


def test_they_are_quiet_while_somebody_types(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/lessons/")
    page.keyboard.press("/")
    page.keyboard.type("gh?")
    expect(page.locator("[data-search-key]:focus")).to_have_value("gh?")
    page.locator("h1").first.click()
    page.keyboard.press("Control+g")
    page.keyboard.press("h")
    assert urlsplit(page.url).path == "/lessons/"
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


def test_one_switch_turns_all_of_them_off(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as("yuki_ono", width=390)
    page.goto("/people/me/")
    page.locator("#id_shortcuts").uncheck()
    page.get_by_role("button", name="Save your profile").click()
    check_page(page)
    page.goto("/pages/keyboard/")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.keyboard.press("?")
    expect(page.locator("dialog[data-shortcuts]")).to_have_count(0)
    page.goto("/people/me/")
    page.locator("#id_shortcuts").check()
    page.get_by_role("button", name="Save your profile").click()
    page.goto("/lessons/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
