"""Two colleagues in the forum: one asks, the other answers, the first accepts and goes on where they stopped reading.

Also by keyboard and without JavaScript, and the states of the pages at both widths in both themes.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
ASKER, ANSWERER = "ilse_koster", "samir_haddad"
TITLE = "How many days before a meeting does your pre-read go out?"
ANSWERS = ["Five working days, in one file.", "And we refuse what comes later.", "Say so in the charter."]


def write(page: Page, label: str, text: str) -> None:
    """Types into a composer as people do."""
    page.get_by_label(label, exact=True).fill(text)


def ask(page: Page, title: str) -> str:
    """Asks in the board of governance; gives the address of the topic."""
    page.goto("/forums/governance/")
    page.get_by_role("link", name="Ask or tell").click()
    expect(page.get_by_label("Where does it belong?")).not_to_have_value("")
    page.get_by_label("Title", exact=True).fill(title)
    write(page, "Text", "Ours goes out the evening before, and nobody has read it.")
    page.get_by_label("Phase").select_option(label="Operate")
    page.get_by_label("Tags").fill("pre-read, meetings")
    page.get_by_role("button", name="Post", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def test_the_sentence_of_who_sees_it_follows_the_board(open_as: OpenAs) -> None:
    page = open_as(ASKER)
    page.goto("/forums/ask/")
    words = page.locator(".actions .audience")
    expect(words).to_contain_text("The board says who sees this.")
    board = page.get_by_label("Where does it belong?")
    board.focus()
    board.select_option(label="Governance and decisions")
    expect(words).to_contain_text("Everyone in the community sees this.")


def reply(page: Page, text: str) -> None:
    """Posts a reply on the open topic."""
    write(page, "Your reply", text)
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator(".post .prose").last).to_have_text(text)


def test_ask_answer_accept_and_go_on_reading(open_as: OpenAs, check_page: Callable[[Page], None]) -> None:
    asker, answerer = open_as(ASKER), open_as(ANSWERER)
    address = ask(asker, TITLE)
    expect(asker.get_by_text("You asked this, so you watch it.")).to_be_visible()
    check_page(asker)
    answerer.goto("/forums/governance/?tab=unanswered")
    answerer.get_by_role("link", name=TITLE).click()
    for text in ANSWERS[:2]:
        reply(answerer, text)
    check_page(answerer)
    asker.goto("/forums/governance/?tab=unread")
    row = asker.locator(".topic", has_text=TITLE)
    expect(row).to_contain_text("2 new since you read")
    row.get_by_role("link", name=TITLE).click()
    expect(asker.get_by_text("New since you were here")).to_be_visible()
    check_page(asker)
    first = asker.locator("#post-2")
    expect(first).to_be_in_viewport()
    first.get_by_role("button", name="This is the answer").click()
    expect(asker.locator(".post.answer")).to_contain_text(ANSWERS[0])
    expect(asker.get_by_text("Answered", exact=True)).to_be_visible()
    check_page(asker)
    answerer.goto(address)
    reply(answerer, ANSWERS[2])
    asker.goto(address)
    assert asker.url.endswith("?from=4#post-4")
    order = asker.locator(".newline, .post").evaluate_all("parts => parts.map(part => part.id)")
    assert order == ["post-1", "post-2", "post-3", "new", "post-4"]
    asker.goto("/forums/governance/?tab=unread")
    expect(asker.locator(".topic", has_text=TITLE)).to_have_count(0)


def test_quote_helpful_and_save_without_leaving_the_place(open_as: OpenAs) -> None:
    page = open_as(ANSWERER)
    page.goto("/forums/governance/")
    page.get_by_role("link", name="Minutes in two languages").click()
    page.wait_for_load_state()  # a button pressed before the scripts run loads the page anew, as it does without them
    post = page.locator("#post-1")
    save = post.get_by_role("button", name="Save", exact=True)
    save.click()
    kept = post.get_by_role("button", name="Saved")
    expect(kept).to_be_focused()
    post.get_by_role("link", name="Quote").click()
    expect(page.get_by_label("Your reply", exact=True)).to_have_value(re.compile("^> "))
    page.goto("/forums/saved/")
    page.get_by_role("button", name="Let go: Minutes in two languages").click()
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()


def test_mark_all_read_and_take_it_back(open_as: OpenAs, check_page: Callable[[Page], None]) -> None:
    page = open_as("thandiwe_dlamini")
    page.goto("/forums/?tab=unread")
    before = page.locator(".topic").count()
    assert before > 0
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_role("status").filter(has_text="marked as read")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".topic")).to_have_count(before)


def test_by_keyboard_and_without_javascript(open_as: OpenAs, check_page: Callable[[Page], None]) -> None:
    page = open_as("arjun_nair", javascript=False, width=390, scheme="dark")
    page.goto("/forums/practice/")
    page.get_by_label("Follow this board").focus()
    page.keyboard.type("Watching")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Follow this board")).to_have_value("watching")
    address = ask(page, "Does anybody still print the minutes, and why?")
    page.get_by_role("link", name="Quote").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reply", exact=True)).to_have_value(re.compile("^> Ours goes out"))
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.locator(".preview blockquote")).to_be_visible()
    page.get_by_role("button", name="Post reply").press("Enter")
    expect(page.locator("#post-2 blockquote")).to_be_visible()
    page.locator("#post-2").get_by_role("link", name="Edit").press("Enter")
    write(page, "Text", "To hand them round.")
    page.get_by_role("button", name="Save the change").press("Enter")
    expect(page.locator("#post-2")).to_contain_text("To hand them round.")
    assert page.url.startswith(address)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize(
    "path",
    [
        "/forums/",
        "/forums/governance/",
        "/forums/introductions/?tab=mine",
        "/forums/saved/",
        "/forums/ask/?board=practice",
    ],
)
def test_states_are_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], path: str, width: int, scheme: str
) -> None:
    page = open_as("arjun_nair", width=width, scheme=scheme)
    page.goto(path)
    check_page(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_topic_is_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = open_as("amara_osei", width=width, scheme=scheme)
    page.goto("/forums/governance/")
    page.get_by_role("link", name="How do you split the chair").click()
    expect(page.locator(".post.answer")).to_be_visible()
    check_page(page)
