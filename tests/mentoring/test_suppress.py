"""Suppression: no count that is left out can be worked out, by who knows the totals, nor by who knows the rule, too."""

from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from mentoring.reporting.suppress import SMALLEST, gather, left_out, shown, suppress

MOST = 15
"""The highest total of small tables: three groups of five."""
COLUMN = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@st.composite
def funnels(draw: st.DrawFn) -> list[list[int]]:
    """Rows of which each count is at most the one before it, as those of a funnel are."""
    columns = draw(st.integers(1, 3))
    rows = []
    for _row in range(draw(st.integers(1, 4))):
        row = [draw(st.integers(0, 14))]
        for _column in range(1, columns):
            row.append(draw(st.integers(0, row[-1])))
        rows.append(row)
    return rows


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ([5, 9], [5, 9]),
        ([4, 9], [None, None]),
        ([4, 9, 12], [None, None, 12]),
        ([2, 3, 12], [None, None, 12]),
        ([1, 3, 12], [None, None, None]),
        ([0, 20, 30], [None, None, 30]),
        ([4, 4, 20], [None, None, None]),
        ([4, 3, 20], [None, None, 20]),
        ([5, 5, 4], [None, None, None]),
        ([12], [12]),
        ([3], [None]),
    ],
)
def test_a_group_under_five_and_what_would_give_it_away(column: list[int], cells: list[int | None]) -> None:
    assert suppress([[count] for count in column]) == [[cell] for cell in cells]


def test_what_is_left_out_of_a_column_stays_out_of_the_next() -> None:
    """Shown alone, the 8 of the second column would leave at most 2 of the first for the group under five."""
    assert suppress([[8, 8], [2, 2], [20, 6]]) == [[None, None], [None, None], [20, 6]]


def test_small_groups_stand_together() -> None:
    assert gather([[9, 0], [1, 0], [20, 0], [4, 0]]) == ([0, 2], [1, 3])
    assert gather([[9, 0], [1, 0], [20, 0]]) == ([2], [0, 1])
    assert gather([]) == ([], [])


def test_a_total_is_a_group_too() -> None:
    assert [shown(count) for count in (0, 4, 5)] == [None, None, 5]


@given(COLUMN)
def test_no_count_under_five_is_shown_and_none_is_left_out_alone(column: list[int]) -> None:
    out = left_out(column)
    assert {place for place, count in enumerate(column) if count < SMALLEST} <= out
    if out and len(out) < len(column):
        assert len(out) > 1
        assert sum(column[place] for place in out) >= SMALLEST


@settings(max_examples=60)
@given(funnels())
def test_totals_and_the_other_columns_tell_no_count_that_is_left_out(rows: list[list[int]]) -> None:
    """All that the table says is put into equations; each count that is left out still has more than one value."""
    for least, most in ranges(rows):
        assert most - least >= 1


def ranges(rows: list[list[int]]) -> list[tuple[float, float]]:
    """The lowest and the highest value of each count that is left out beside a total that is shown."""
    cells, height, width = suppress(rows), len(rows), len(rows[0])
    sums = [sum(row[column] for row in rows) for column in range(width)]
    place = {(row, column): row * width + column for row in range(height) for column in range(width)}
    low, high = np.zeros(len(place)), np.full(len(place), float(max(sums)))
    for (row, column), number in place.items():
        if (cell := cells[row][column]) is not None:
            low[number] = high[number] = cell
    limits = []
    for column in range(width):
        total = shown(sums[column])
        line = np.zeros(len(place))
        line[[place[row, column] for row in range(height)]] = 1
        limits.append((line, *((total, total) if total is not None else (0, SMALLEST - 1))))
    for row, column in product(range(height), range(1, width)):
        line = np.zeros(len(place))
        line[place[row, column - 1]], line[place[row, column]] = 1, -1
        limits.append((line, 0, np.inf))
    rules = LinearConstraint(
        np.array([line for line, _low, _high in limits]),
        np.array([low for _line, low, _high in limits]),
        np.array([high for _line, _low, high in limits]),
    )
    return [
        (_extreme(number, 1, rules, low, high), _extreme(number, -1, rules, low, high))
        for (row, column), number in place.items()
        if cells[row][column] is None and shown(sums[column]) is not None
    ]


def _extreme(number: int, sign: int, rules: LinearConstraint, low: np.ndarray, high: np.ndarray) -> float:
    aim = np.zeros(len(low))
    aim[number] = sign
    solved = milp(aim, constraints=rules, bounds=Bounds(low, high), integrality=np.ones(len(low)))
    assert solved.success, solved.message
    return float(solved.x[number])


@pytest.mark.parametrize("height", [2, 3, 4])
def test_who_knows_the_rule_cannot_work_a_count_out_either(height: int) -> None:
    """Of all columns up to a total: those that look the same from outside differ in each count that is left out."""
    alike: dict[tuple[int, str], list[tuple[int, ...]]] = defaultdict(list)
    for column in product(range(MOST + 1), repeat=height):
        if SMALLEST <= sum(column) <= MOST:
            alike[sum(column), str(suppress([[count] for count in column]))].append(column)
    for columns in alike.values():
        for place in left_out(columns[0]):
            assert len({column[place] for column in columns}) > 1, columns
