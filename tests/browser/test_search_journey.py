"""Searching as people do it: typing, narrowing, opening, going back; by keyboard, on a phone, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
CheckPage = Callable[[Page], None]
WORDS = "joint steering committee decisions"
TYPE = """
(word) => {
  const field = document.querySelector("#search-words");
  for (let end = 1; end <= word.length; end += 1) {
    field.value = word.slice(0, end);
    field.dispatchEvent(new Event("input", {bubbles: true}));
  }
}
"""
SEARCH = "/search/?q=joint+steering+committee+decisions"


def _number(page: Page) -> int:
    return int(page.locator("#count").inner_text().split()[0])


def _narrow(page: Page, facet: str, number: int = 0) -> str:
    """Ticks a value of a facet that has results and waits for them; returns its id."""
    group = page.locator(f"#facet-{facet}")
    if not group.evaluate("group => group.open"):
        group.locator("summary").first.click()
    box = group.locator("input").nth(number)
    name = str(box.get_attribute("id"))
    with page.expect_response(lambda response: "/search/?" in response.url):
        box.check()
    expect(page.locator(f"#results .chip.on:has-text('{_label(page, name)}')")).to_be_visible()
    return name


def _label(page: Page, box: str) -> str:
    return page.locator(f"label:has(#{box}) > span").first.inner_text()


def test_narrowing_by_two_facets_opening_and_going_back(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as()
    page.goto(SEARCH)
    everything = _number(page)
    _narrow(page, "phase", 2)
    once = _number(page)
    box = _narrow(page, "outcome")
    twice = _number(page)
    assert everything > once > twice > 0
    expect(page.locator(f"#{box}")).to_be_focused()
    assert {"phase=operate", "outcome=negative"} < set(page.url.partition("?")[2].split("&"))
    expect(page.locator("#count")).to_have_attribute("role", "status")
    check_page(page)
    hit = page.locator("#results .hit h3 a").nth(4)
    hit.scroll_into_view_if_needed()
    before, there = page.url, page.evaluate("scrollY")
    hit.click()
    page.wait_for_load_state()
    page.go_back()
    assert page.url == before
    assert _number(page) == twice
    page.wait_for_function("there => Math.abs(scrollY - there) < 5", arg=there)


def test_back_goes_through_the_steps_of_narrowing(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(SEARCH)
    everything = _number(page)
    box = _narrow(page, "phase", 2)
    page.go_back()
    expect(page.locator("#count")).to_contain_text(f"{everything} results")
    expect(page.locator(f"#{box}")).not_to_be_checked()
    assert page.evaluate("localStorage.getItem('htmx-history-cache')") in (None, "[]")


def test_a_chip_takes_its_value_away(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(f"{SEARCH}&phase=operate&outcome=negative")
    page.locator("#results .chip.on").first.click()
    page.wait_for_load_state()
    assert page.url.endswith("outcome=negative")
    page.get_by_role("link", name="Clear all").click()
    page.wait_for_load_state()
    assert page.url.endswith(WORDS.replace(" ", "+"))


def test_sorting_keeps_the_focus_and_the_place(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(SEARCH)
    page.locator("#sort").focus()
    with page.expect_response(lambda response: "sort=newest" in response.url):
        page.locator("#sort").select_option("newest")
    page.wait_for_url("**sort=newest")
    expect(page.locator("#sort")).to_be_focused()


def test_groups_stay_open_when_results_change(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(SEARCH)
    page.locator("#facet-habit summary").first.click()
    _narrow(page, "phase", 2)
    assert page.locator("#facet-habit").evaluate("group => group.open")


def test_without_javascript_a_button_narrows(open_as: OpenAs) -> None:
    page = open_as(javascript=False)
    page.goto(SEARCH)
    everything = _number(page)
    page.locator("#f-phase-operate").check()
    page.locator("#facets").get_by_role("button", name="Narrow the results").click()
    page.wait_for_load_state()
    assert "phase=operate" in page.url
    assert _number(page) < everything
    page.locator("#sort").select_option("newest")
    page.get_by_role("button", name="Sort").click()
    page.wait_for_load_state()
    assert "sort=newest" in page.url
    assert "phase=operate" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_facets_are_a_sheet(open_as: OpenAs, check_page: CheckPage, scheme: str) -> None:
    page = open_as(width=390, scheme=scheme)
    page.goto(SEARCH)
    check_page(page)
    expect(page.locator("#facets")).to_be_hidden()
    page.get_by_role("button", name="Narrow").click()
    expect(page.locator("#facets")).to_be_visible()
    check_page(page)
    with page.expect_response(lambda response: "phase=operate" in response.url):
        page.locator("#f-phase-operate").check()
    expect(page.locator("#facets")).to_be_visible()
    page.locator("#facet-submit").click()
    page.wait_for_load_state()
    expect(page.locator("#facets")).to_be_hidden()
    expect(page.locator("#results .chip.on")).to_have_count(1)


def test_titles_are_offered_and_opened_by_keyboard(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as()
    page.goto("/search/")
    page.keyboard.press("/")
    field = page.locator("#search-words")
    expect(field).to_be_focused()
    page.keyboard.type("govern", delay=20)
    options = page.locator("#search-state [role=option]")
    expect(options.first).to_be_visible()
    assert options.count() <= 8
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    check_page(page)
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("govern")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    target = options.first.get_attribute("data-url")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_enter_without_a_choice_searches_the_words(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/lessons/")
    page.keyboard.press("/")
    page.keyboard.type("governance")
    expect(page.locator("#site-search")).to_have_attribute("role", "combobox")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=governance")


def test_one_request_for_words_typed_in_one_go(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    page.locator("#search-words").focus()
    page.evaluate(TYPE, "governance")
    expect(page.locator("#search-state [role=option]").first).to_be_visible()
    assert [address.partition("?")[2] for address in asked] == ["q=governance"]


def test_only_by_keyboard(open_as: OpenAs) -> None:
    """From the words to a lesson without a mouse; each stop is seen and not under the bar."""
    page = open_as()
    page.goto(f"{SEARCH}&kind=lesson")
    page.locator("#search-words").focus()
    seen = []
    for _step in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "() => { const part = document.activeElement; const box = part.getBoundingClientRect();"
            " const bar = document.querySelector('.top').getBoundingClientRect().bottom;"
            " return [part.id || part.className || part.tagName, box.bottom > bar && box.height > 0,"
            " Boolean(part.closest('.hit'))]; }"
        )
        seen.append(stop[0])
        assert stop[1], f"{stop[0]} is hidden"
        if stop[2]:
            break
    else:
        pytest.fail(f"No hit was reached: {seen}")
    assert "sort" in seen
    assert any(name.startswith("f-phase") for name in seen)
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/**")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
@pytest.mark.parametrize(
    "address",
    [
        SEARCH,
        "/search/",
        "/search/?q=jiont+stering",
        "/search/?q=xyzzyq+plughq&phase=operate",
        f"{SEARCH}&page=2",
    ],
)
def test_nothing_is_wrong_with_any_state(
    open_as: OpenAs, check_page: CheckPage, address: str, width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(address)
    expect(page.locator("#count")).to_be_visible()
    check_page(page)


def test_markup_in_words_is_shown_as_words(open_as: OpenAs, check_page: CheckPage) -> None:
    page = open_as()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%3Cscript%3Ealert(2)%3C/script%3E")
    expect(page.locator("#search-words")).to_have_value(
        "<img src=x onerror=alert(1)><script>alert(2)</script>"
    )
    assert page.locator("main img").count() == 0
    assert dialogs == []
    check_page(page)
