"""Fields, columns and presets in words: what stands on the page of a tool and in its files."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.reading.tool_fields import (
    field_view,
    fields_of,
    label_of,
    labels_in,
    presets_of,
    table_of,
    words,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        (2.5, "2.5"),
        ("as it is", "as it is"),
        (["a", 1, None, True], "a; 1; ; Yes"),
        ({"days": 3, "who": ["x", "y"]}, "days: 3; who: x; y"),
    ],
)
def test_values_in_words(value: Any, text: str) -> None:
    assert words(value) == text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_any_value_of_a_file_has_words_and_shows_no_code(value: Any) -> None:
    text = words(value)
    assert isinstance(text, str)
    if isinstance(value, bool) or value is None:
        assert text in ("Yes", "No", "")


def field(**changes: Any) -> Any:
    return field_view({"key": "days", "label": "Days lost", "type": "number"} | changes)


def test_a_bare_field_is_optional_and_says_nothing_more() -> None:
    bare = field_view({"key": "k", "label": "L"})
    assert (bare.kind, bare.kind_label, bare.required) == ("number", "Number", False)
    assert (bare.example, bare.limits, bare.default, bare.points, bare.choices) == ((), "", "", (), ())


def test_a_kind_nobody_knows_is_shown_as_it_stands() -> None:
    assert field(type="colour").kind_label == "colour"


@pytest.mark.parametrize(
    ("limits", "text"),
    [({}, ""), ({"min": 0, "max": 4}, "0 to 4"), ({"min": 0}, "0 to "), ({"max": 10}, " to 10")],
)
def test_limits(limits: dict[str, int], text: str) -> None:
    assert field(**limits).limits == text


@pytest.mark.parametrize(
    ("example", "lines"),
    [(None, ()), ("", ()), (0, ("0",)), (False, ("No",)), ("one", ("one",)), (["a", 2], ("a", "2"))],
)
def test_examples_keep_their_lines(example: Any, lines: tuple[str, ...]) -> None:
    shown = field(example=example)
    assert shown.example == lines
    assert shown.example_text == "\n".join(lines)


@pytest.mark.parametrize(
    ("lowest", "first"), [(None, "1: low"), (3, "3: low"), ("a few", "1: low"), (2.5, "1: low")]
)
def test_words_for_numbers_begin_at_the_lowest(lowest: Any, first: str) -> None:
    """An editor may write words as the lowest value: the page still opens."""
    assert field(min=lowest, labels=["low", "high"]).points[0] == first


def test_a_scale_of_its_own_is_told_with_its_help() -> None:
    scale = [{"value": 0, "label": "None", "help": "Nobody knows."}, {"value": "na", "label": "Cannot say"}]
    assert field(scale=scale).points == ("0: None. Nobody knows.", "na: Cannot say.")


def test_columns_inside_a_field_are_fields() -> None:
    inner = field(columns=[{"key": "who", "label": "Who", "type": "person"}]).columns
    assert [(column.label, column.kind_label) for column in inner] == [("Who", "Person")]


def test_a_part_that_is_no_form_has_no_fields() -> None:
    sections = [{"title": "Days 0 to 15", "items": []}, {"key": "a", "label": "A field", "type": "text"}]
    assert [shown.label for shown in fields_of({"sections": sections}, "sections")] == ["A field"]
    assert fields_of({}, "columns") == ()


PARTS = {
    "columns": [{"key": "owner", "label": "Owner", "type": "person"}],
    "sections": [{"title": "First", "items": [{"key": "gate", "text": "Check the gate"}]}],
    "blocks": [{"key": "b1", "title": "Block one", "items": [{"key": "s1", "text": "A statement"}]}],
}


def test_labels_reach_into_sections_blocks_and_columns() -> None:
    labels = labels_in(PARTS)
    assert [labels[key] for key in ("owner", "gate", "b1", "s1")] == [
        "Owner", "Check the gate", "Block one", "A statement",
    ]  # fmt: skip


def test_a_key_without_a_label_is_made_readable() -> None:
    assert label_of("due_soon_already", {}) == "Due soon already"


def preset(values: Any) -> Any:
    return presets_of({**PARTS, "presets": [{"name": "Small", "for": "One side", "values": values}]})[0].lines


def test_a_preset_speaks_in_labels_never_in_keys() -> None:
    only, owner, none = preset({"only": ["gate", "unknown"], "owner": True, "without": []})
    assert (only.label, only.lines) == ("Only these items", ("Check the gate", "unknown"))
    assert (owner.label, owner.text) == ("Owner", "Yes")
    assert (none.label, none.text, none.lines) == ("Without", "none", ())


def test_a_preset_of_rows_is_a_table_with_every_column_that_any_row_has() -> None:
    (rows,) = preset([{"key": "r1", "owner": "Us"}, {"owner": "Them", "minutes": 5}])
    assert rows.table is not None
    assert rows.table.headers == ("Owner", "Minutes")
    assert rows.table.rows == (("Us", ""), ("Them", "5"))


def test_a_preset_of_pairs_is_a_table_and_formulas_are_left_out() -> None:
    (due,) = preset({"due_day": {"gate": 3}, "due_day_formula": "x + 1"})
    assert due.table is not None
    assert (due.table.headers, due.table.rows) == (("Item", "Due days"), (("Check the gate", "3"),))


def test_a_tool_without_presets_has_none() -> None:
    assert presets_of({}) == []
    assert presets_of({"presets": [{"name": "Only advice", "text": "Go slowly."}]})[0].lines == ()


ROWS = st.lists(st.dictionaries(st.sampled_from(["key", "a", "b_c", "minutes"]), st.integers()), max_size=5)


@given(ROWS)
def test_a_table_is_a_rectangle_without_keys(rows: list[dict[str, int]]) -> None:
    table = table_of(rows, {})
    assert len(table.rows) == len(rows)
    assert {len(row) for row in table.rows} <= {len(table.headers)}
    assert len(table.headers) == len({key for row in rows for key in row} - {"key"})
