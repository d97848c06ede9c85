"""Notices between two people: one answers, the other sees it under the bell, by keyboard, and can undo; mail is stopped."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.browser.page_checks import demo_email, new_word

pytestmark = pytest.mark.browser
ASKER, HELPER = "ilse_koster", "mei_tanaka"
SECONDS_FOR_THE_WORKER = 15


def bell(page: Page) -> str:
    """What the bell says."""
    return page.locator(".top .tools a[href='/notices/']").get_attribute("aria-label") or ""


def unread(page: Page) -> int:
    found = re.search(r"\d+", bell(page))
    return int(found.group()) if found else 0


def ask(page: Page, title: str) -> str:
    """Asks a question; returns its address."""
    page.goto("/forums/ask/")
    page.locator("input[name=title]").fill(title)
    page.locator("textarea[name=body]").fill("We sit in Basel and Osaka. What has worked for you?")
    board = page.locator("select[name=board]")
    if board.count():
        board.select_option(index=1)
    page.locator("button.btn[name=act][value=post]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    return page.url


def answer(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.locator("textarea[name=body]").last.fill(words)
    page.locator("button.btn[name=act][value=post]").last.click()
    expect(page.locator(".post").last).to_contain_text(words)


def wait_for_notice(page: Page, title: str) -> None:
    """Looks again until the worker has told of it."""
    for _second in range(SECONDS_FOR_THE_WORKER):
        page.goto("/notices/")
        if page.get_by_text(title).count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"Nobody was told of {title!r}.")


def test_an_answer_rings_for_who_asked_and_reading_it_by_keyboard_falls_silent(
    open_as: OpenAs, check_page: Callable[[Page], None]
) -> None:
    title = f"Who keeps the minutes of {new_word()}?"
    asker, helper = open_as(ASKER), open_as(HELPER)
    address = ask(asker, title)
    before = unread(asker)
    answer(helper, address, "The side that does not chair.")
    wait_for_notice(asker, title)
    check_page(asker)
    assert unread(asker) == before + 1

    line = asker.locator(".notice.unread", has_text=title)
    expect(line).to_contain_text("Mei Tanaka replied in")
    line.get_by_role("button", name="Mark as read").focus()
    asker.keyboard.press("Enter")
    expect(asker.get_by_text("Marked as read.")).to_be_visible()
    check_page(asker)
    assert unread(asker) == before
    asker.get_by_role("button", name="Undo").focus()
    asker.keyboard.press("Enter")
    expect(asker.locator(".notice.unread", has_text=title)).to_be_visible()

    asker.locator(".notice", has_text=title).get_by_role("link").focus()
    asker.keyboard.press("Enter")
    asker.wait_for_url(re.compile(r"/forums/.*#post-2$"))
    expect(asker.get_by_text("The side that does not chair.")).to_be_visible()
    assert unread(asker) == before
    helper.goto("/notices/")
    expect(helper.get_by_text(title)).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
@pytest.mark.parametrize("address", ["/notices/", "/notices/settings/"])
def test_the_pages_are_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], address: str, width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(address)
    check_page(page)


def test_settings_are_kept_without_javascript(open_as: OpenAs) -> None:
    page = open_as("tomas_reyes", javascript=False)
    page.goto("/notices/settings/")
    page.get_by_label("By mail: Forums").uncheck()
    page.get_by_label("Quiet from").fill("20:30")
    page.get_by_role("button", name="Save your settings").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    expect(page.get_by_label("By mail: Forums")).not_to_be_checked()
    expect(page.get_by_label("Quiet from")).to_have_value("20:30")
    page.get_by_label("By mail: Forums").check()
    page.get_by_label("Quiet from").fill("19:00")
    page.get_by_role("button", name="Save your settings").click()


def test_mail_is_stopped_by_its_link_signed_out(
    open_as: OpenAs, portal: Portal, check_page: Callable[[Page], None]
) -> None:
    made = portal.manage(
        "shell",
        "--no-imports",
        "-c",
        "from people.models import User; from notifications.tokens import stop_path;"
        f"print(stop_path(User.objects.get(email='{demo_email('yuki_ono')}').pk, ['lessons']))",
    )
    page = open_as("stranger")
    page.goto(made.strip().splitlines()[-1])
    check_page(page)
    page.get_by_role("button", name="Stop this mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This mail has stopped")
    check_page(page)
    mine = open_as("yuki_ono")
    mine.goto("/notices/settings/")
    expect(mine.get_by_label("By mail: Lessons")).not_to_be_checked()
    expect(mine.get_by_label("Under the bell: Lessons")).to_be_checked()
