"""Small random tables, and the best answer to them by trying everything: an oracle without a solver."""

import random
from functools import cache

import numpy as np

from mentoring.matching.solver import BEST_FIT, WISH_POINTS, Rules, tie_of
from mentoring.matching.table import ScoreTable

Worth = tuple[int, int, int]


def random_table(seed: int, *, most: int = 1000) -> ScoreTable:
    """Up to six mentees and four mentors; a low `most` makes ties everywhere."""
    dice = random.Random(seed)
    rows, columns = dice.randint(1, 6), dice.randint(1, 4)
    fit = [[dice.randint(0, most) for _column in range(columns)] for _row in range(rows)]
    codes = [[int(dice.random() < 0.3) for _column in range(columns)] for _row in range(rows)]
    return table_of(fit, codes, [dice.randint(0, 3) for _column in range(columns)])


def table_of(fit: list[list[int]], codes: list[list[int]], free: list[int]) -> ScoreTable:
    """Mentees are 1, 2, ...; mentors 101, 102, ..."""
    return ScoreTable(
        mentees=tuple(range(1, len(fit) + 1)),
        mentors=tuple(range(101, 101 + len(free))),
        free=tuple(free),
        used=(0,) * len(free),
        points={"competence": np.array(fit, dtype=np.int16)},
        codes=np.array(codes, dtype=np.uint16),
    )


def random_rules(seed: int, objective: str) -> Rules:
    """With wishes, a floor now and then, and rising costs of further mentees."""
    dice = random.Random(f"rules {seed}")
    wishes = {(mentee, 100 + dice.randint(1, 4)): rank for mentee in range(1, 7) for rank in (2, 1)}
    penalties = dice.choice([(), (0, 40, 80), (0, 1, 1)])
    return Rules(str(seed), objective, dice.choice([0, 0, 1, 300]), wishes, penalties=penalties)


def best_worth(table: ScoreTable, rules: Rules) -> Worth:
    """Headcount, points and ties of the best answer, in the order that the objective compares them."""
    fit = table.fit

    @cache
    def of(row: int, free: tuple[int, ...]) -> Worth:
        if row == len(table.mentees):
            return 0, 0, 0
        found = [of(row + 1, free)]
        for column, left in enumerate(free):
            if left and not table.codes[row, column] and fit[row, column] >= rules.floor:
                rest = (*free[:column], left - 1, *free[column + 1 :])
                gain = _gain(table, rules, row, column, table.free[column] - left)
                found.append(_sum(of(row + 1, rest), gain))
        return max(found)

    def _sum(one: Worth, two: Worth) -> Worth:
        return one[0] + two[0], one[1] + two[1], one[2] + two[2]

    return of(0, table.free)


def worth_of(table: ScoreTable, rules: Rules, pairs: list[tuple[int, int]]) -> Worth:
    """The same measure of given pairs."""
    load: dict[int, int] = {}
    total = (0, 0, 0)
    for mentee, mentor in pairs:
        row, column = table.mentees.index(mentee), table.mentors.index(mentor)
        gain = _gain(table, rules, row, column, load.get(column, 0))
        load[column] = load.get(column, 0) + 1
        total = total[0] + gain[0], total[1] + gain[1], total[2] + gain[2]
    return total


def _gain(table: ScoreTable, rules: Rules, row: int, column: int, load: int) -> Worth:
    two = table.mentees[row], table.mentors[column]
    rank = (rules.wishes or {}).get(two, 0)
    wish = WISH_POINTS[rank - 1] if rank else 0
    costs = rules.penalties
    points = int(table.fit[row, column]) + wish - (costs[min(load, len(costs) - 1)] if costs else 0)
    head = 0 if rules.objective == BEST_FIT else 1
    return head, points, tie_of(rules.seed, *two)
