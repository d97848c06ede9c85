"""Loading the 28 tools: nothing is lost, nothing is written twice, no edit is overwritten."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from core.content import read_yaml
from playbook.blocks.tool_codec import to_body, to_content
from playbook.models import LoadedPage
from playbook.models.tool import ToolIndexPage, ToolPage
from playbook.services.load_tools import load_starter_tools

pytestmark = pytest.mark.world("starter")
FILES = sorted((settings.CONTENT_DIR / "tools").glob("*.yaml"))
IDS = [path.stem for path in FILES]


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(path)
    return content


@pytest.fixture
def tools(db: None) -> dict[str, ToolPage]:
    return {tool.code or "": tool for tool in ToolPage.objects.all()}


def test_all_28_files_are_there() -> None:
    assert len(FILES) == 28


def test_every_file_comes_back_from_its_page_unchanged(tools: dict[str, ToolPage]) -> None:
    for path in FILES:
        source = read(path)
        assert tools[source["code"]].content == source, path.name


def test_a_page_edited_through_the_blocks_still_gives_the_same_file(tools: dict[str, ToolPage]) -> None:
    """The editor builds block values out of the stored data and stores them again."""
    for path in FILES:
        source = read(path)
        body = tools[source["code"]].body
        built = body.stream_block.to_python(body.get_prep_value())
        assert to_content(built.get_prep_value()) == tools[source["code"]].parts


def test_the_order_of_the_parts_is_that_of_the_file(tools: dict[str, ToolPage]) -> None:
    source = read(settings.CONTENT_DIR / "tools" / "T14.yaml")
    assert list(tools["T14"].parts) == [key for key in source if key in tools["T14"].parts]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_file_survives_the_codec_alone(path: Path) -> None:
    head = {"code", "title", "kind", "summary", "use_when", "minutes", "plays", "how", "example"}
    parts = {key: value for key, value in read(path).items() if key not in head}
    assert to_content(to_body(parts)) == parts


def test_an_unknown_key_stops_the_import() -> None:
    with pytest.raises(ValueError, match="no part for 'surprise'"):
        to_body({"surprise": []})
    with pytest.raises(ValueError, match=r"checks\.0: no place for severity"):
        to_body({"checks": [{"rule": "x", "message": "y", "severity": 3}]})


def test_loading_again_changes_nothing(tools: dict[str, ToolPage]) -> None:
    before = dict(ToolPage.objects.values_list("pk", "latest_revision_id"))
    counts = load_starter_tools()
    assert (counts.created, counts.updated, counts.unchanged, counts.kept) == (0, 0, 28, 0)
    assert dict(ToolPage.objects.values_list("pk", "latest_revision_id")) == before
    assert ToolIndexPage.objects.count() == 1


def changed_folder(tmp_path: Path, code: str, **changes: Any) -> Path:
    """A content folder with one file in it, changed."""
    source = read(settings.CONTENT_DIR / "tools" / f"{code}.yaml") | changes
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / f"{code}.yaml").write_text(yaml.safe_dump(source), encoding="utf-8")
    return tmp_path


def test_a_changed_file_reaches_a_page_nobody_edited(tools: dict[str, ToolPage], tmp_path: Path) -> None:
    counts = load_starter_tools(content_dir=changed_folder(tmp_path, "T16", summary="A new sentence."))
    assert counts.updated == 1
    assert ToolPage.objects.get(code="T16").summary == "A new sentence."


def test_an_edit_is_never_overwritten(tools: dict[str, ToolPage], tmp_path: Path) -> None:
    tool = tools["T16"]
    tool.summary = "Edited by a colleague."
    tool.save_revision().publish()
    counts = load_starter_tools(content_dir=changed_folder(tmp_path, "T16", summary="From the file."))
    assert counts.kept == 1
    assert ToolPage.objects.get(code="T16").summary == "Edited by a colleague."


def test_an_edit_inside_the_body_is_kept_too(tools: dict[str, ToolPage], tmp_path: Path) -> None:
    tool = tools["T16"]
    parts = tool.parts
    parts["checks"][0]["message"] = "Said in our own words."
    tool.body = to_body(parts)
    tool.save_revision().publish()
    load_starter_tools(content_dir=changed_folder(tmp_path, "T16", minutes=99))
    saved = ToolPage.objects.get(code="T16")
    assert saved.parts["checks"][0]["message"] == "Said in our own words."
    assert saved.minutes == 10


@pytest.mark.parametrize("where", ["summary", "body"])
def test_an_unpublished_draft_is_an_edit_too(tools: dict[str, ToolPage], tmp_path: Path, where: str) -> None:
    draft, published = tools["T16"], tools["T16"].summary
    if where == "summary":
        draft.summary = "Still thinking."
    else:
        parts = draft.parts
        parts["checks"][0]["message"] = "Still thinking."
        draft.body = to_body(parts)
    waiting = draft.save_revision()
    counts = load_starter_tools(content_dir=changed_folder(tmp_path, "T16", summary="From the file."))
    saved = ToolPage.objects.get(code="T16")
    assert counts.kept == 1
    assert (saved.summary, saved.latest_revision_id) == (published, waiting.pk)
    assert "Still thinking." in str(saved.get_latest_revision_as_object().content)


def test_a_draft_that_was_taken_back_is_no_edit(tools: dict[str, ToolPage], tmp_path: Path) -> None:
    """What counts is what the page says, not how many versions it went through."""
    tool = tools["T16"]
    published, tool.summary = tool.summary, "Still thinking."
    tool.save_revision()
    tool.summary = published
    tool.save_revision()
    counts = load_starter_tools(content_dir=changed_folder(tmp_path, "T16", summary="From the file."))
    assert counts.updated == 1


def test_a_tool_taken_off_the_portal_stays_off(tools: dict[str, ToolPage], tmp_path: Path) -> None:
    tools["T16"].unpublish()
    counts = load_starter_tools(content_dir=changed_folder(tmp_path, "T16", summary="From the file."))
    assert counts.kept == 1
    assert not ToolPage.objects.get(code="T16").live


def test_loaded_pages_are_remembered(tools: dict[str, ToolPage]) -> None:
    assert LoadedPage.objects.filter(source__startswith="tool:").count() == 28
    assert LoadedPage.objects.get(source="tool:T01").page_id == tools["T01"].pk
