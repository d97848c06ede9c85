"""Writing as people do it: with a toolbar, from Word and Excel, interrupted, signed out, on two devices, by keyboard."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Chromium
from tests.browser.conftest import OpenAs, Portal
from tests.browser.page_checks import DEMO_PASSWORD, demo_email, fill_sign_in, new_word

pytestmark = pytest.mark.browser

PLACE = "/styleguide/composer/"
BODY = "#trial [name=body]"
SAVED = "#trial [data-saved]"
CLIPBOARDS = Path(__file__).parent / "clipboards"
PASTE = """
([selector, html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const field = document.querySelector(selector);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}
"""
CheckPage = Callable[[Page], None]


@pytest.fixture(autouse=True)
def no_draft(open_as: OpenAs, chromium: Chromium) -> Iterator[None]:
    """The portal is shared by all journeys: what one typed is gone before the next, once no page can save it again."""
    yield
    chromium.close_all()
    page = open_as()
    page.goto(PLACE)
    discard = page.locator("[formaction='/compose/drafts/discard/']")
    if discard.count():
        discard.click()
        expect(discard).to_have_count(0)


def _open(open_as: OpenAs, **options: Any) -> Page:
    page = open_as(**options)
    page.goto(PLACE)
    return page


def _paste(page: Page, html: str, text: str = "") -> str:
    page.evaluate(PASTE, [BODY, html, text])
    return page.locator(BODY).input_value()


def _clipboard(name: str) -> str:
    return (CLIPBOARDS / name).read_text(encoding="utf-8")


def _wait_saved(page: Page) -> None:
    expect(page.locator(SAVED)).to_be_visible(timeout=8_000)


def test_what_is_typed_survives_a_killed_tab_and_comes_back_on_another_device(
    open_as: OpenAs, check_page: CheckPage
) -> None:
    page = _open(open_as)
    page.get_by_label("Title").first.fill("Who chairs at night?")
    page.locator(BODY).press_sequentially("Our committee meets each month\nat 23:00.")
    expect(page.locator(SAVED)).to_have_text(
        re.compile(r"^\s*Saved \d\d:\d\d, on every device\s*$"), timeout=8_000
    )
    check_page(page)
    page.context.close()

    device = _open(open_as, width=390)
    expect(device.get_by_text("Your draft is back, as you left it today at")).to_be_visible()
    expect(device.locator(BODY)).to_have_value("Our committee meets each month\nat 23:00.")
    expect(device.get_by_label("Title").first).to_have_value("Who chairs at night?")
    check_page(device)
    device.goto("/compose/drafts/")
    expect(device.get_by_role("link", name="Who chairs at night?", exact=True)).to_have_attribute(
        "href", PLACE
    )
    check_page(device)


def test_who_goes_on_typing_is_saved_every_fifteen_seconds(open_as: OpenAs) -> None:
    page = _open(open_as)
    page.clock.install()
    saves: list[str] = []
    page.on("request", lambda request: saves.append(request.url) if "/drafts/save/" in request.url else None)
    page.locator(BODY).press_sequentially("a")
    for _second in range(20):
        page.clock.run_for(1_000)
        page.locator(BODY).press_sequentially("b")
    assert len(saves) == 1
    with page.expect_request("**/drafts/save/"):
        page.clock.run_for(2_100)
    assert len(saves) == 2


def test_leaving_in_the_middle_of_a_word_saves_it(open_as: OpenAs) -> None:
    page = _open(open_as)
    page.locator(BODY).press_sequentially("half a wor")
    page.goto("/lessons/")
    page.goto(PLACE)
    for _attempt in range(10):  # what is sent on leaving may arrive after the page that follows
        if page.locator(BODY).input_value():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator(BODY)).to_have_value("half a wor")


def test_a_discarded_draft_can_be_taken_back(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    page.locator(BODY).press_sequentially("to be or not")
    _wait_saved(page)
    page.reload()
    page.get_by_role("button", name="Throw it away and begin afresh").click()
    expect(page.locator(BODY)).to_have_value("")
    page.goto("/compose/drafts/")
    expect(page.get_by_role("heading", name="Thrown away in the last day")).to_be_visible()
    page.get_by_role("button", name="Take back: A text in the style guide").click()
    expect(page.get_by_role("link", name="A text in the style guide", exact=True)).to_be_visible()
    check_page(page)
    page.goto(PLACE)
    expect(page.locator(BODY)).to_have_value("to be or not")


def test_closing_asks_what_becomes_of_the_text(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    page.locator("#trial").get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/styleguide/")
    page.goto(PLACE)
    page.locator(BODY).press_sequentially("not yet")
    page.locator("#trial").get_by_role("link", name="Cancel").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    check_page(page)
    dialog.get_by_role("button", name="Go on writing").click()
    expect(dialog).to_be_hidden()
    page.locator("#trial").get_by_role("link", name="Cancel").click()
    dialog.get_by_role("button", name="Keep it as a draft").click()
    page.wait_for_url("**/styleguide/")
    page.goto(PLACE)
    expect(page.locator(BODY)).to_have_value("not yet")
    page.locator("#trial").get_by_role("link", name="Cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="Throw it away").click()
    page.wait_for_url("**/styleguide/")
    page.goto(PLACE)
    expect(page.locator(BODY)).to_have_value("")


def test_the_toolbar_by_keyboard(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    toolbar = page.get_by_role("toolbar", name="Formatting: Your text").first
    sizes = toolbar.locator("button").evaluate_all(
        "buttons => buttons.map(b => [b.offsetWidth, b.offsetHeight, b.getAttribute('aria-label')])"
    )
    assert len(sizes) == 8
    assert all(wide >= 40 and high >= 40 and label for wide, high, label in sizes)
    body = page.locator(BODY)
    body.fill("rotate")
    body.select_text()
    page.get_by_label("Title").first.focus()
    page.keyboard.press("Tab")
    expect(toolbar.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("End")
    expect(toolbar.get_by_role("button", name="Mention a colleague")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("Enter")
    expect(body).to_have_value("**rotate**")
    expect(body).to_be_focused()
    check_page(page)
    page.keyboard.press("Control+z")
    expect(body).to_have_value("rotate")
    body.press("Control+End")
    toolbar.get_by_role("button", name="Table").click()
    expect(body).to_have_value("rotate\n\n| Heading | Heading |\n| --- | --- |\n|  |  |\n")


def test_a_colleague_is_mentioned_by_keyboard(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    body = page.locator(BODY)
    body.press_sequentially("Ask @Mei T", delay=40)
    option = page.get_by_role("option", name=re.compile("Mei Tanaka"))
    expect(option).to_be_visible()
    check_page(page)
    page.keyboard.press("Enter")
    expect(body).to_have_value(re.compile(r"^Ask \[@Mei Tanaka\]\(/people/\d+/\) ?$"))
    expect(option).to_be_hidden()


def test_the_preview_is_what_is_posted(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    page.get_by_label("Title").first.fill("As it looks")
    source = "The chair **rotates**:\n\n- we\n- they\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n<img src=x onerror=alert(1)> `x`"
    page.locator(BODY).fill(source)
    page.locator("#trial").get_by_role("button", name="Preview").click()
    preview = page.locator("#trial .preview .prose")
    expect(preview).to_be_visible()
    shown = preview.inner_html()
    assert "<strong>rotates</strong>" in shown
    assert "<img" not in shown
    check_page(page)
    page.locator("#trial").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#posted")).to_be_visible()
    assert page.locator("#posted .prose").inner_html() == shown


def test_without_javascript_the_same_page_does_it(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as, javascript=False)
    page.locator("#trial [name=title]").fill("No script")
    page.locator(BODY).fill("It **works** with Zorblax.")
    page.locator("#trial").get_by_role("button", name="Preview").click()
    expect(page.locator("#trial > .preview strong")).to_have_text("works")
    expect(page.locator(BODY)).to_have_value("It **works** with Zorblax.")
    page.locator("#trial").get_by_role("button", name="Save draft").click()
    _wait_saved(page)
    page.locator("#trial .end").get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("“Zorblax” may be a company name.")).to_be_visible()
    page.get_by_role("button", name="the partner").click()
    expect(page.locator(BODY)).to_have_value("It **works** with the partner.")
    page.locator("#trial .end").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#posted strong")).to_have_text("works")
    page.goto(PLACE)
    expect(page.locator(BODY)).to_have_value("")


def test_names_are_told_while_typing_and_swapped_in_place(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    page.locator(BODY).press_sequentially("Zorblax paid USD 1.27 million; we like Zorblax.")
    expect(page.locator("#trial .finding")).to_have_count(2, timeout=8_000)
    check_page(page)
    page.locator("#trial").get_by_role("button", name="a mid-size partner").click()
    expect(page.locator(BODY)).to_have_value(
        "A mid-size partner paid USD 1.27 million; we like a mid-size partner."
    )
    expect(page.locator("#trial .finding")).to_have_count(1)
    expect(page.locator("#trial .finding button").first).to_be_focused()
    page.locator("#trial").get_by_role("button", name="Keep it").click()
    expect(page.locator("#trial .finding")).to_have_count(0)
    expect(page.locator("#trial [name=kept]")).to_have_value("USD 1.27 million")
    page.evaluate("scrollTo(0, 0)")  # axe measures what a sticky bar half covers as too small
    check_page(page)


@pytest.mark.parametrize(
    ("name", "markdown"),
    [
        (
            "word.html",
            "## Rules of the chair\n\nWe agreed **two** things:\n\n- The chair changes each half-year\n"
            "    - January to June: we\n    - July to December: _they_\n- Start times rotate\n\n"
            "1. Send the pre-read\n2. Object within two days\n\n| Site | Start |\n| --- | --- |\n"
            "| Basel | 08:00 |\n| Osaka \\| Japan | 15:00 |\n\nSee the [charter](https://intranet.example/charter).\n",
        ),
        (
            "word_web.html",
            "Before\n\n- one\n- two\n    - two and a half\n\n1. first\n2. second\n",
        ),
        (
            "excel.html",
            "| Milestone | Due | Owner |\n| --- | --- | --- |\n| First patient in | Q3 | Mei |\n"
            "| Interim read-out |  | \\*open\\* |\n",
        ),
    ],
)
def test_lists_and_tables_from_office_stay_what_they_are(
    open_as: OpenAs, check_page: CheckPage, name: str, markdown: str
) -> None:
    page = _open(open_as)
    assert _paste(page, _clipboard(name), "as plain text") == markdown
    page.locator("#trial").get_by_role("button", name="Preview").click()
    preview = page.locator("#trial .preview .prose")
    expect(preview).to_be_visible()
    expect(preview.locator("li")).to_have_count(len(re.findall(r"^ *(?:-|\d+\.) ", markdown, re.M)))
    expect(preview.locator("tr")).to_have_count(max(len(re.findall(r"^\|", markdown, re.M)) - 1, 0))
    check_page(page)


def test_a_hostile_clipboard_does_nothing(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    pasted = _paste(
        page,
        "<ul><li onclick=alert(1)>a<img src=x onerror=alert(2)><script>alert(3)</script></li>"
        "<li><a href='javascript:alert(4)'>b</a> &lt;img src=x onerror=alert(5)&gt;</li></ul>"
        "<style>body{display:none}</style><svg onload=alert(6)></svg>",
    )
    assert pasted == "- a\n- b &lt;img src=x onerror=alert(5)>\n"
    page.locator("#trial").get_by_role("button", name="Preview").click()
    expect(page.locator("#trial .preview li")).to_have_count(2)
    assert page.locator("#trial .preview img").count() == 0
    assert dialogs == []
    check_page(page)


def test_words_without_form_are_pasted_as_they_are(open_as: OpenAs, check_page: CheckPage) -> None:
    page = _open(open_as)
    assert _paste(page, "<p style='color:red'>just words</p>", "just words") == ""
    pasted = _paste(
        page,
        "<meta charset=utf-8><b style='font-weight:normal'>so <b>bold</b> a <a href='https://a.example/'>link</a></b>",
    )
    assert pasted == "so **bold** a [link](https://a.example/)"
    page.locator(BODY).fill("charter")
    page.locator(BODY).select_text()
    assert _paste(page, "", "https://a.example/c") == "[charter](https://a.example/c)"
    check_page(page)


def test_two_clicks_post_once(open_as: OpenAs) -> None:
    page = _open(open_as)
    posts: list[str] = []
    page.on(
        "request",
        lambda request: (
            posts.append(request.url) if request.method == "POST" and request.url.endswith(PLACE) else None
        ),
    )
    page.get_by_label("Title").first.fill("Once")
    page.locator(BODY).fill(f"Only once, at {new_word()}.")
    page.locator("#trial").get_by_role("button", name="Post", exact=True).dblclick()
    expect(page.locator("#posted")).to_be_visible()
    assert len(posts) == 1


def test_a_server_that_is_away_loses_nothing(open_as: OpenAs) -> None:
    page = _open(open_as)
    page.route("**/compose/**", lambda route: route.abort())
    page.locator(BODY).press_sequentially("no net")
    note = page.locator("#trial [data-state=unsaved]")
    expect(note).to_be_visible(timeout=8_000)
    expect(note).to_contain_text("Your text is safe in this window")
    expect(page.locator(SAVED)).to_be_hidden()
    page.unroute("**/compose/**")
    expect(note).to_be_hidden(timeout=15_000)
    _wait_saved(page)
    expect(page.locator(BODY)).to_have_value("no net")


def test_an_expired_session_loses_nothing(open_as: OpenAs, portal: Portal, check_page: CheckPage) -> None:
    page = _open(open_as)
    page.locator(BODY).press_sequentially("before")
    _wait_saved(page)
    page.context.clear_cookies()
    page.locator(BODY).press_sequentially(" and after")
    note = page.locator("#trial [data-state=expired]")
    expect(note).to_be_visible(timeout=8_000)
    check_page(page)
    page.locator("#trial").get_by_role("button", name="Post", exact=True).click()
    page.wait_for_timeout(500)
    expect(page.locator(BODY)).to_have_value("before and after")
    with page.context.expect_page() as opened:
        note.get_by_role("link", name="Sign in in a new tab").click()
    _sign_in(opened.value, "ilse_koster")
    page.bring_to_front()
    expect(note).to_be_hidden(timeout=15_000)
    _wait_saved(page)
    page.reload()
    expect(page.locator(BODY)).to_have_value("before and after")


def test_another_person_does_not_get_the_text(open_as: OpenAs) -> None:
    page = _open(open_as)
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto("/accounts/login/")
    _sign_in(other, "mei_tanaka")
    page.bring_to_front()
    page.locator(BODY).press_sequentially("for ilse alone")
    note = page.locator("#trial [data-state=stranger]")
    expect(note).to_be_visible(timeout=8_000)
    expect(note).to_contain_text("Sign in as Ilse Koster")
    other.goto(PLACE)
    expect(other.locator(BODY)).to_have_value("")
    other.goto("/compose/drafts/")
    expect(other.get_by_text("for ilse alone")).to_have_count(0)


def _sign_in(page: Page, person: str) -> None:
    page.wait_for_load_state()
    fill_sign_in(page, email=demo_email(person), password=DEMO_PASSWORD)
    page.wait_for_load_state()
    assert "/accounts/login/" not in page.url, json.dumps(page.url)
