"""Lessons as people meet them: narrow the list, read one, come back; by keyboard; and imported attacks that do nothing."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenAs, Portal
from tests.shared_data import shared

pytestmark = pytest.mark.browser
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
HOSTILE = 60
COLUMNS = ("id", "title", "body", "before", "day", "link", "place")


def hostile_strings() -> list[str]:
    """A spread of the shared attack strings, markup first among them."""
    lines = shared("hostile", "xss-payloads.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    markdown = shared("hostile", "markdown-xss-1.txt").read_text(encoding="utf-8").splitlines()
    naughty = json.loads(shared("hostile", "naughty-strings.json").read_text(encoding="utf-8"))
    sound = [text for text in (*lines, *markdown, *naughty) if text.strip() and "\0" not in text]
    return sound[:: max(1, len(sound) // HOSTILE)]


@pytest.fixture(scope="module")
def attacks(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> int:
    """Imports the strings in every field; returns how many. External lessons disturb no other journey."""
    folder: Path = tmp_path_factory.mktemp("attacks")
    mapping = {
        "source": {
            "code": "attacks",
            "name": "<script>alert(1)</script>",
            "rights": "'\"><img src=x onerror=alert(1)>",
        },
        "key": "id",
        "title": "title",
        "texts": {"text": ["body"], "context": ["before"]},
        "date": {"column": "day"},
        "url": "link",
        "extra": ["place"],
    }
    (folder / "mapping.yaml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    strings = hostile_strings()
    with (folder / "attacks.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for number, text in enumerate(strings):
            writer.writerow(
                [number, text, f"{text} and a sentence after it.", text, "2012-12-12", text, text]
            )
    portal.manage("import_lessons", str(folder / "attacks.csv"), "--mapping", str(folder / "mapping.yaml"))
    return len(strings)


def test_narrow_read_and_come_back(open_as: OpenAs, check_page: Callable[[Page], None]) -> None:
    page = open_as()
    page.goto("/lessons/")
    page.get_by_label("Life-cycle phase").select_option(label="Start-up")
    page.get_by_label("Outcome").select_option(label="Went wrong")
    page.get_by_role("button", name="Narrow").click()
    expect(page.get_by_role("link", name="Start-up remove")).to_be_visible()
    check_page(page)
    narrowed = page.url
    page.get_by_role("link", name="Budget season caught us apart").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Budget season caught us apart")
    advice = page.locator(".advice").bounding_box()
    story = page.get_by_role("heading", name="What happened").bounding_box()
    assert advice is not None
    assert story is not None
    assert advice["y"] < story["y"]
    page.go_back()
    assert page.url == narrowed
    page.get_by_role("link", name="Went wrong remove").click()
    expect(page.get_by_role("link", name="Start-up remove")).to_be_visible()
    expect(page.get_by_role("link", name="Went wrong remove")).to_have_count(0)


def test_from_a_lesson_to_the_step_it_changed(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/lessons/L07/")
    page.locator("aside").get_by_role("link", name="P09").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stand up governance")
    assert page.evaluate("() => document.querySelector(location.hash) !== null")


def test_by_keyboard_and_without_javascript(open_as: OpenAs) -> None:
    page = open_as(javascript=False, width=390, scheme="dark")
    page.goto("/lessons/")
    page.get_by_label("Outcome").focus()
    page.keyboard.type("Went well")
    page.get_by_role("button", name="Narrow").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Went well remove")).to_be_visible()
    page.get_by_role("link", name="Relaunch that worked").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Relaunch that worked")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize(
    "path", ["/lessons/L07/", "/lessons/?tab=external", "/lessons/?phase=winddown&year=2020"]
)
def test_states_are_clean(
    open_as: OpenAs, check_page: Callable[[Page], None], path: str, width: int, scheme: str
) -> None:
    page = open_as(width=width, scheme=scheme)
    page.goto(path)
    check_page(page)


def test_a_lesson_prints_whole_and_without_the_frame(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/lessons/L07/")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".advice")).to_be_visible()
    expect(page.locator(".whys")).to_be_visible()


def test_imported_attacks_execute_nothing(
    open_as: OpenAs, check_page: Callable[[Page], None], attacks: int
) -> None:
    page = open_as()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/lessons/?tab=external&source=attacks")
    check_page(page)
    addresses = page.locator(".lesson-list a.title").evaluate_all("links => links.map(link => link.href)")
    assert 0 < len(addresses) <= attacks
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert page.evaluate("() => (window.policyViolations || []).length") == 0, address
        assert page.locator("main script, main iframe, main img, main [onerror], main [onload]").count() == 0
    check_page(page)
    assert dialogs == []
