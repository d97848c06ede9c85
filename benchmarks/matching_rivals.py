"""Two other ways to make pairs, for comparison only: greedy, and Gale-Shapley with mentees who ask. Both by fit alone."""

import numpy as np

from mentoring.matching.solver import tie_of
from mentoring.matching.table import ScoreTable, Small

Pairs = dict[int, int]
"""Mentee's row to mentor's column."""


def greedy(table: ScoreTable, seed: str = "1") -> Pairs:
    """The best pair that is left, again and again."""
    fit, free, found = table.fit, list(table.free), Pairs()
    rows, columns = (table.codes == 0).nonzero()
    order = sorted(
        zip(rows.tolist(), columns.tolist(), strict=True), key=lambda two: _rank(table, fit, two, seed)
    )
    for row, column in order:
        if row not in found and free[column]:
            found[row] = column
            free[column] -= 1
    return found


def gale_shapley(table: ScoreTable, seed: str = "1") -> Pairs:
    """Each mentee asks down their list; each mentor keeps the best who asked."""
    fit, lists = table.fit, _lists(table, seed)
    held: dict[int, list[int]] = {column: [] for column in range(len(table.mentors))}
    waiting = list(range(len(table.mentees)))
    while waiting:
        row = waiting.pop()
        if not lists[row]:
            continue
        column = lists[row].pop()
        held[column].append(row)
        held[column] = [
            one
            for _rank_of, one in sorted((_rank(table, fit, (one, column), seed), one) for one in held[column])
        ]
        if len(held[column]) > table.free[column]:
            waiting.append(held[column].pop())
    return {row: column for column, rows in held.items() for row in rows}


def _lists(table: ScoreTable, seed: str) -> list[list[int]]:
    """The mentors of each mentee, the best last."""
    fit = table.fit
    found: list[list[int]] = []
    for row in range(len(table.mentees)):
        ranked = [
            (_rank(table, fit, (row, int(at)), seed), int(at)) for at in np.nonzero(table.codes[row] == 0)[0]
        ]
        found.append([column for _rank_of, column in sorted(ranked, reverse=True)])
    return found


def _rank(table: ScoreTable, fit: Small, two: tuple[int, int], seed: str) -> tuple[int, int, int, int]:
    row, column = two
    return -int(fit[row, column]), -tie_of(seed, table.mentees[row], table.mentors[column]), row, column
