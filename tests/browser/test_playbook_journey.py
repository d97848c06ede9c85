"""The playbook in Chromium: the map lines up, a phone reads phase after phase, steps have addresses, paper has no frame."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser
PLAY = "/playbook/start-up-the-alliance-in-90-days/"
SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
PATHS = (
    PLAY,
    "/playbook/start-up/",
    "/playbook/?view=changed",
    f"{PLAY}?print",
    "/pages/",
    "/pages/charter/",
    "/pages/accessibility/",
)
TOP = "element => element.getBoundingClientRect().top"
LEFT = "element => element.getBoundingClientRect().left"


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_of_the_playbook_is_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], path: str, width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(path)
    assert page.locator("h1").count() == 1
    check_page(page)


def test_components_line_up_across_the_phases(open_as: OpenAs) -> None:
    page = open_as(width=1280)
    page.goto("/playbook/")
    columns = page.locator(".phasecol")
    assert columns.count() == 4
    for row in range(4):
        tops = {round(columns.nth(number).locator(".cell").nth(row).evaluate(TOP)) for number in range(4)}
        assert len(tops) == 1
    lefts = [columns.nth(number).evaluate(LEFT) for number in range(4)]
    assert lefts == sorted(set(lefts))


def test_a_phone_reads_phase_after_phase(open_as: OpenAs) -> None:
    page = open_as(width=390)
    page.goto("/playbook/")
    columns = page.locator(".phasecol")
    tops = [columns.nth(number).evaluate(TOP) for number in range(4)]
    assert tops == sorted(set(tops))
    assert len({round(columns.nth(number).evaluate(LEFT)) for number in range(4)}) == 1


def test_from_the_map_to_a_step_and_back(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/playbook/")
    page.locator(".phase-startup").get_by_role("link", name="P07").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start up the alliance in 90 days")
    page.goto(f"{page.url}#step-map_the_contract")
    expect(page.locator("#step-map_the_contract h3")).to_be_in_viewport()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Start-up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start-up")
    page.get_by_role("link", name="Operate").click()
    expect(page).to_have_url(page.url.split("/playbook/")[0] + "/playbook/operate/")


def test_a_tool_and_a_lesson_are_one_click_from_their_step(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(PLAY)
    step = page.locator("#step-check_the_clearance_gate")
    expect(step.get_by_role("link", name="Exists because of L20")).to_be_visible()
    step.get_by_role("link", name="T02 Start-up plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Start-up plan")


def test_paper_shows_the_play_and_not_the_frame(open_as: OpenAs) -> None:
    page = open_as()
    page.goto(PLAY)
    expect(page.locator(".print-only").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".print-only").first).to_be_visible()
    expect(page.locator(".print-only").first).to_contain_text("Uncontrolled copy")
    for part in (".top", ".foot", ".play-rail", ".crumbs"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("#step-hold_the_kickoff h3")).to_be_visible()


@pytest.mark.parametrize("path", ["/playbook/", PLAY, "/playbook/?view=habits"])
def test_the_playbook_reads_without_scripts(open_as: OpenAs, path: str) -> None:
    page = open_as(javascript=False)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("a[href^='/playbook/']").count() > 5


def test_the_tabs_keep_their_place_in_the_address(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/playbook/")
    for name, view in (("By role area", "role-areas"), ("By habit", "habits"), ("A to Z", "a-z")):
        page.get_by_role("navigation", name="View").get_by_role("link", name=name).click()
        expect(page.get_by_role("navigation", name="View").locator("[aria-current]")).to_have_text(name)
        assert page.url.endswith(f"?view={view}")
    page.go_back()
    assert page.url.endswith("?view=habits")
