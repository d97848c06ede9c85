"""Editing a tool in the admin: words keep their type, YAML is data only, and saving unchanged changes nothing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.test.utils.form_data import nested_form_data, streamfield

from people.models import User
from playbook.blocks.tool import PART_KEYS, ToolBodyBlock, part_of
from playbook.blocks.tool_codec import BODY, to_content
from playbook.blocks.tool_values import (
    ABSENT,
    NestedBlock,
    Unreadable,
    check_nested,
    leaves,
    read_nested,
    typed,
    write_nested,
    written,
)
from playbook.models.tool import ToolPage
from tests.people.factories import UserFactory

line = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (30, "30"),
        (-1, "-1"),
        (1.5, "1.5"),
        (True, "true"),
        (None, "null"),
        ("", '""'),
        ("30", '"30"'),
        ("true", '"true"'),
        ("2026-05-29", "2026-05-29"),
        ('"Kit" means this', '"Kit" means this'),
        (["one", "two"], "- one\n- two"),
        ("- one", '"- one"'),
        (ABSENT, ""),
    ],
)
def test_words_keep_the_type_of_a_value(value: Any, words: str) -> None:
    assert written(value) == words
    assert typed(words) == value or typed(words) is value


@given(st.one_of(st.none(), st.booleans(), st.integers(-(10**6), 10**6), line, st.lists(line, min_size=1)))
def test_every_value_comes_back(value: Any) -> None:
    back = typed(written(value))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    "attack",
    [
        "a: &x [1]\nb: *x",
        "!!python/object/apply:os.system ['true']",
        "a: [",
        "just words",
        "42",
    ],
)
def test_yaml_is_data_and_nothing_else(attack: str) -> None:
    with pytest.raises(ValidationError):
        check_nested(attack)


def test_dates_in_yaml_stay_text() -> None:
    assert read_nested("day: 2026-05-29") == {"day": "2026-05-29"}


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.one_of(line, st.integers(), st.lists(line)), min_size=1))  # fmt: skip
def test_presets_come_back_from_their_yaml(value: dict[str, Any]) -> None:
    assert read_nested(write_nested(value)) == value


def test_words_that_are_no_yaml_are_shown_again() -> None:
    block = NestedBlock(label="Values")
    kept = block.value_from_form("a: [")
    assert isinstance(kept, Unreadable)
    assert block.value_for_form(kept) == "a: ["
    with pytest.raises(ValidationError):
        block.clean(kept)
    assert block.clean({"a": 1}) == {"a": 1}
    assert block.value_from_form("") is None
    assert block.get_searchable_content({"a": ["x", 1]}) == ["x", "1"]
    assert leaves({"a": {"b": [1, "c"]}}) == [1, "c"]


def test_every_part_belongs_to_a_key_and_stands_once() -> None:
    block = ToolBodyBlock()
    assert set(block.child_blocks) == set(PART_KEYS)
    assert all(limit == {"max_num": 1} for limit in block.meta.block_counts.values())
    assert part_of("views", ["a line"]) == "view_notes"
    assert part_of("sections", []) == "fields"


def form_value(block: Any, value: Any) -> Any:
    """What the editor's form would send for a stored value."""
    if isinstance(block, blocks.StructBlock):
        return {name: form_value(child, value.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        items = [form_value(block.child_block, part["value"]) for part in value or []]
        return {
            "count": str(len(items)),
            **{
                str(place): {"value": item, "order": str(place), "deleted": "", "id": ""}
                for place, item in enumerate(items)
            },
        }
    if isinstance(block, NestedBlock):
        return write_nested(value)
    if isinstance(block, blocks.BooleanBlock):
        return "on" if value else ""
    return "" if value is None else str(value)


@pytest.fixture
def editor(db: None) -> Client:
    user: User = UserFactory.create(is_superuser=True)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.world("starter")
@pytest.mark.parametrize("code", ["T01", "T02", "T04", "T09", "T13", "T14", "T22b"])
def test_saving_a_tool_unchanged_in_the_admin_changes_nothing(editor: Client, code: str) -> None:
    tool = ToolPage.objects.get(code=code)
    before = tool.content
    address = f"/admin/pages/{tool.pk}/edit/"
    assert editor.get(address).status_code == 200
    parts = [
        (part["type"], form_value(BODY.child_blocks[part["type"]], part["value"]))
        for part in tool.body.get_prep_value()
    ]
    data = nested_form_data(
        {
            "title": tool.title,
            "slug": tool.slug,
            "code": tool.code,
            "kind": tool.kind,
            "summary": tool.summary,
            "minutes": str(tool.minutes),
            "use_when": tool.use_when,
            "how": tool.how,
            "example": tool.example,
            "audience": tool.audience,
            "body": streamfield(parts),
            "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"},
            "action-publish": "action-publish",
        }
    )
    assert editor.post(address, data).status_code == 302
    saved = ToolPage.objects.get(pk=tool.pk)
    assert saved.content == before
    assert to_content(saved.body.get_prep_value()) == saved.parts
