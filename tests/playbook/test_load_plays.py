"""Loading plays and pages: again and again, over edits, deletions and changed files."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from playbook.models import PlayPage, StandardPage, ToolUse
from playbook.services.load_pages import READY, load_starter_pages
from playbook.services.load_plays import load_starter_plays
from playbook.services.loaded import Counts
from tests.playbook.factories import make_terms, make_tool, publish

pytestmark = pytest.mark.django_db
STEP = {
    "key": "do_it",
    "title": "Do it",
    "text": "Do it now.",
    "who": "AM",
    "timing": "Day 1",
    "tools": [],
    "lessons": [],
}


def play_file(code: str = "P01", **changes: Any) -> dict[str, Any]:
    """A small play as a file holds it."""
    words = {
        "title": f"Title of {code}",
        "summary": "In short.",
        "purpose": "It helps.",
        "when": "Now.",
        "effort": "A day.",
    }
    terms = {
        "phases": ["startup"],
        "components": ["CE", "PL"],
        "activities": [],
        "habits": ["H1"],
        "role_areas": [],
    }
    lists = {
        "inputs": ["A pen"],
        "outputs": ["A plan"],
        "signs": ["It works."],
        "related": [],
        "variants": [],
    }
    rest = {"risk_tier": "high", "pitfalls": [{"title": "Haste", "text": "Wait."}], "steps": [STEP]}
    return {"code": code, **words, **terms, **lists, **rest, **changes}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of content with two plays and no tools."""
    make_terms()
    (tmp_path / "tools").mkdir()
    write(tmp_path, "plays/P01.yaml", play_file("P01", related=["P02"]))
    write(tmp_path, "plays/P02.yaml", play_file("P02", related=["P01"]))
    return tmp_path


def write(folder: Path, name: str, value: object) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(yaml.safe_dump(value), encoding="utf-8")


def load(folder: Path) -> tuple[int, int, int, int]:
    counts = load_starter_plays(content_dir=folder, with_owners=False)
    return counts.created, counts.updated, counts.unchanged, counts.kept


def play(code: str = "P01") -> PlayPage:
    found: PlayPage = PlayPage.objects.get(code=code)
    return found


def test_plays_are_created_once_and_know_each_other(content: Path) -> None:
    assert load(content) == (2, 0, 0, 0)
    assert load(content) == (0, 0, 2, 0)
    assert [other.code for other in play("P01").related.all()] == ["P02"]
    assert [other.code for other in play("P02").related.all()] == ["P01"]
    assert play().version == 1


def test_the_row_on_the_map_is_the_first_component_of_the_file(content: Path) -> None:
    load(content)
    row = play().main_component
    assert row is not None
    assert row.code == "CE"


def test_a_changed_file_updates_a_play_nobody_edited(content: Path) -> None:
    load(content)
    write(content, "plays/P01.yaml", play_file("P01", related=["P02"], summary="In other words."))
    assert load(content) == (0, 1, 1, 0)
    assert (play().summary, play().version) == ("In other words.", 2)
    assert load(content) == (0, 0, 2, 0)


def test_an_edit_is_kept_whatever_the_file_says(content: Path) -> None:
    load(content)
    publish(play(), summary="As we do it here.")
    write(content, "plays/P01.yaml", play_file("P01", related=["P02"], summary="In other words."))
    assert load(content) == (0, 0, 1, 1)
    assert play().summary == "As we do it here."


def test_an_edited_play_is_left_alone_while_its_file_stays(content: Path) -> None:
    load(content)
    publish(play(), summary="As we do it here.")
    assert load(content) == (0, 0, 2, 0)
    assert play().summary == "As we do it here."


def test_an_unpublished_draft_is_an_edit_too(content: Path) -> None:
    load(content)
    draft = play()
    draft.summary = "Still thinking."
    draft.save_revision()
    write(content, "plays/P01.yaml", play_file("P01", related=["P02"], summary="In other words."))
    assert load(content) == (0, 0, 1, 1)
    assert play().get_latest_revision_as_object().summary == "Still thinking."


def test_a_play_that_was_taken_off_stays_off(content: Path) -> None:
    load(content)
    play().unpublish()
    write(content, "plays/P01.yaml", play_file("P01", related=["P02"], summary="In other words."))
    assert load(content) == (0, 0, 1, 1)
    assert not play().live


def test_a_deleted_play_does_not_come_back(content: Path) -> None:
    load(content)
    play().delete()
    assert load(content)[0] == 0
    assert not PlayPage.objects.filter(code="P01").exists()


def test_a_play_somebody_wrote_by_hand_is_never_taken_over(content: Path) -> None:
    load(content)
    by_hand = publish(play(), code="P77")
    write(content, "plays/P77.yaml", play_file("P77"))
    assert load(content) == (0, 0, 1, 2)
    assert PlayPage.objects.get(code="P77").pk == by_hand.pk


def test_owner_and_verification_are_no_edit_and_stay(content: Path) -> None:
    load(content)
    publish(play(), last_verified="2026-01-02")
    write(content, "plays/P01.yaml", play_file("P01", related=["P02"], summary="In other words."))
    assert load(content) == (0, 1, 1, 0)
    assert str(play().last_verified) == "2026-01-02"


def test_links_given_by_a_tool_alone_hold_on_the_play(content: Path) -> None:
    tool, other = make_tool("Register", code="T01"), make_tool("Map", code="T02")
    write(content, "tools/T01.yaml", {"code": "T01", "plays": ["P01"]})
    write(content, "tools/T02.yaml", {"code": "T02", "plays": ["P01"]})
    write(content, "plays/P01.yaml", play_file("P01", steps=[{**STEP, "tools": ["T02"]}]))
    load(content)
    uses = set(ToolUse.objects.filter(play__code="P01").values_list("tool_id", "step_key"))
    assert uses == {(tool.pk, ""), (other.pk, "do_it")}


def test_keys_of_steps_and_texts_arrive_as_written(content: Path) -> None:
    load(content)
    values = [dict(block["value"]) for block in play().steps.raw_data]
    assert [(value["key"], value["title"], value["who"], value["timing"]) for value in values] == [
        ("do_it", "Do it", "AM", "Day 1")
    ]
    assert play().inputs == "A pen"
    assert [block.value["title"] for block in play().pitfalls] == ["Haste"]


def test_counts_read_as_a_sentence() -> None:
    assert str(Counts(created=1, kept=2)) == "1 created, 0 updated, 0 unchanged, 2 kept as edited"


def test_pages_are_loaded_rendered_and_keep_edits() -> None:
    make_terms()
    first = load_starter_pages(content_dir=settings.CONTENT_DIR)
    assert first.created == len(READY)
    page = StandardPage.objects.get(slug="charter")
    assert "<h2>" in page.body_html
    publish(page, body="Our own words.")
    again = load_starter_pages(content_dir=settings.CONTENT_DIR)
    assert (again.created, again.unchanged) == (0, len(READY))
    assert StandardPage.objects.get(slug="charter").body_html.strip() == "<p>Our own words.</p>"
