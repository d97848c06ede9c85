"""Signing in, one's profile and the editor's admin, in Chromium: by keyboard, without script, and within the policy."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STRANGER, OpenAs, Portal
from tests.browser.page_checks import DEMO_PASSWORD

pytestmark = pytest.mark.browser
SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
)
def test_the_entrance_is_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], path: str, width: int, scheme: str
) -> None:
    page = open_as(STRANGER, width=width, scheme=scheme)
    page.goto(path)
    check_page(page)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_profiles_are_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = open_as("ilse_koster", width=width, scheme=scheme)
    for path in ("/people/me/", "/people/10/", "/accounts/2fa/", "/accounts/password/change/"):
        page.goto(path)
        check_page(page)


def test_signing_in_by_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as(STRANGER)
    page.goto("/people/me/")
    page.get_by_label("E-mail").focus()
    page.keyboard.type("mei.tanaka@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your profile")


def test_a_wrong_password_is_said_and_the_address_kept(
    open_as: OpenAs, check_page: Callable[[Page], None]
) -> None:
    page = open_as(STRANGER)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("mei.tanaka@demo.example")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Please look at this again")
    expect(page.get_by_label("E-mail")).to_have_value("mei.tanaka@demo.example")
    check_page(page)


def test_one_click_signs_a_demo_person_in_without_script(open_as: OpenAs) -> None:
    page = open_as(STRANGER, javascript=False)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Jonas Lindqvist").click()
    page.goto("/people/me/")
    expect(page.get_by_role("definition").filter(has_text="jonas.lindqvist@demo.example")).to_be_visible()


def test_a_mistake_in_the_profile_leads_to_its_field(
    open_as: OpenAs, check_page: Callable[[Page], None]
) -> None:
    page = open_as("ilse_koster", width=390)
    page.goto("/people/me/")
    page.get_by_label("Languages").fill("Dutch, Klingon")
    page.get_by_role("button", name="Save your profile").click()
    expect(page.get_by_role("alert")).to_contain_text("Klingon")
    check_page(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Languages")).to_be_focused()


@contextmanager
def violations(page: Page) -> Iterator[list[str]]:
    """What the policy stopped while in this context, in the page and in its frames."""
    found: list[str] = []
    page.on(
        "console", lambda message: found.append(message.text) if "Content Security" in message.text else None
    )
    yield found


FIRST_PLAY = "from playbook.models import PlayPage; print('play', PlayPage.objects.live().first().pk)"


def test_the_editor_works_within_its_policy(portal: Portal, open_as: OpenAs) -> None:
    play = portal.manage("shell", "-c", FIRST_PLAY).split("play ")[1].strip()
    page = open_as("jonas_lindqvist")
    with violations(page) as found:
        for path in ("/admin/", "/admin/pages/", f"/admin/pages/{play}/history/"):
            page.goto(path)
        page.goto(f"/admin/pages/{play}/edit/")
        expect(page.locator("#id_title")).to_be_visible()
        page.get_by_role("button", name="Toggle preview").click()
        preview = page.frame_locator("iframe[src*='preview']")
        expect(preview.locator("h1").first).to_be_attached(timeout=30_000)
        page.locator("button[aria-label='Add comment']").first.dispatch_event("click")
    assert found == []
