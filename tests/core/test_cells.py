"""Cells of workbooks and CSV files: what a spreadsheet would run is text, and nothing else is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cells import FORMULA_STARTS, plain, safe_cell
from tests.shared_data import shared


def hostile_lines() -> list[str]:
    """The strings a spreadsheet program would run."""
    return shared("hostile", "csv-injection.txt").read_text(encoding="utf-8").splitlines()


def test_hostile_cells_are_text_also_in_their_second_line() -> None:
    for line in hostile_lines():
        for text in (line, f"quiet\n{line}", f"quiet\r\n{line}", f"\t{line}"):
            safe = str(safe_cell(text))
            risky = [part for part in safe.splitlines() if part.startswith(FORMULA_STARTS)]
            assert risky == [], text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a\n=1", "a\n'=1"),
        ("a\r=1", "a\r'=1"),
        ("plain - words", "plain - words"),
        ("", ""),
    ],
)
def test_only_a_line_that_begins_like_a_formula_gets_an_apostrophe(text: str, safe: str) -> None:
    assert safe_cell(text) == safe


def test_numbers_stay_numbers_and_nothing_stays_nothing() -> None:
    assert [safe_cell(value) for value in (-5, 1.5, True, None)] == [-5, 1.5, True, None]


def test_signs_no_file_can_hold_are_left_out() -> None:
    assert plain("a\x00b\x1fc\ud800d") == "abcd"


@given(st.text())
def test_a_cell_keeps_its_words_and_never_begins_like_a_formula(text: str) -> None:
    safe = str(safe_cell(text))
    assert not any(line.startswith(FORMULA_STARTS) for line in safe.splitlines())
    assert safe.replace("'", "") == plain(text).replace("'", "")
