"""Rounds are exact, lexicographic, canonical and fair: against trying everything, another solver and other ways to pair."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from benchmarks.matching_rivals import gale_shapley, greedy
from mentoring.matching.data import MOST
from mentoring.matching.solver import (
    BEST_FIT,
    FAIR,
    MOST_PARTICIPANTS,
    LockedPairError,
    Rules,
    Solution,
    solve,
)
from mentoring.matching.table import ScoreTable, score
from tests.mentoring.matching.cohort import make_cohort
from tests.mentoring.matching.tables import best_worth, random_rules, random_table, table_of, worth_of

OBJECTIVES = (MOST_PARTICIPANTS, BEST_FIT, FAIR)
TIE_HEAVY = 2


def _pairs(found: Solution) -> list[tuple[int, int]]:
    return [(one.mentee, one.mentor) for one in found.pairs]


@pytest.mark.parametrize("objective", [MOST_PARTICIPANTS, BEST_FIT])
@pytest.mark.parametrize("most", [1000, TIE_HEAVY])
def test_a_round_is_the_best_of_all_answers_in_500_cases_of_each_kind(objective: str, most: int) -> None:
    for seed in range(500):
        table, rules = random_table(seed, most=most), random_rules(seed, objective)
        found = _pairs(solve(table, rules))
        assert worth_of(table, rules, found) == best_worth(table, rules), seed


def test_the_fair_round_has_the_highest_floor_that_costs_nobody_a_place() -> None:
    for seed in range(200):
        table, rules = random_table(seed), replace(random_rules(seed, FAIR), floor=0)
        found, plain = solve(table, rules), solve(table, replace(rules, objective=MOST_PARTICIPANTS))
        assert len(found.pairs) == len(plain.pairs)
        assert found.worst >= plain.worst
        raised = replace(rules, objective=MOST_PARTICIPANTS, floor=found.floor)
        assert worth_of(table, raised, _pairs(found)) == best_worth(table, raised)
        if found.pairs:
            higher = replace(raised, floor=found.floor + 1)
            assert best_worth(table, higher)[0] < len(found.pairs)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_loads_floors_and_filters_hold_over_200_cohorts(objective: str) -> None:
    for seed in range(200):
        table, rules = random_table(seed), random_rules(seed, objective)
        found = solve(table, rules)
        load = Counter(mentor for _mentee, mentor in _pairs(found))
        assert all(load[mentor] <= table.free[at] for at, mentor in enumerate(table.mentors))
        assert all(one.score >= max(rules.floor, found.floor) for one in found.pairs)
        assert all(not table.codes_of(*two) for two in _pairs(found))
        everybody = [one.mentee for one in found.pairs] + [one.mentee for one in found.alone]
        assert sorted(everybody) == list(table.mentees)


@pytest.fixture(scope="module")
def cohort() -> ScoreTable:
    return score(make_cohort(200))


@pytest.mark.parametrize("objective", [MOST_PARTICIPANTS, BEST_FIT])
def test_an_independent_solver_finds_the_same_total(cohort: ScoreTable, objective: str) -> None:
    rules = Rules(objective=objective, penalties=())
    columns = [at for at, free in enumerate(cohort.free) for _place in range(free)]
    worth = cohort.fit[:, columns].astype(float)
    worth += 10**6 if objective == MOST_PARTICIPANTS else 0
    worth = np.hstack([np.where(cohort.codes[:, columns] == 0, worth, 0), np.zeros((200, 200))])
    found = solve(cohort, rules)
    ours = found.total + (10**6 * len(found.pairs) if objective == MOST_PARTICIPANTS else 0)
    assert ours == worth[linear_sum_assignment(worth, maximize=True)].sum()


def test_headcount_is_the_maximum_and_best_fit_is_never_below_the_others(cohort: ScoreTable) -> None:
    columns = [at for at, free in enumerate(cohort.free) for _place in range(free)]
    most = maximum_bipartite_matching(csr_array(cohort.codes[:, columns] == 0), perm_type="column")
    found = {one: solve(cohort, Rules(objective=one, penalties=())) for one in OBJECTIVES}
    assert len(found[MOST_PARTICIPANTS].pairs) == len(found[FAIR].pairs) == (most >= 0).sum()
    assert found[BEST_FIT].total >= found[MOST_PARTICIPANTS].total >= found[FAIR].total
    assert found[BEST_FIT].total >= sum(int(cohort.fit[two]) for two in greedy(cohort).items())


def test_points_shown_add_up_to_the_score(cohort: ScoreTable) -> None:
    found = solve(cohort)
    for one in found.pairs:
        assert one.score == sum(one.points.values()) == sum(cohort.breakdown(one.mentee, one.mentor).values())
        assert all(type(value) is int and 0 <= value <= MOST[name] for name, value in one.points.items())
    assert type(found.total) is int


def test_by_one_shared_score_the_stable_answer_is_greedys_and_nobody_blocks_it(cohort: ScoreTable) -> None:
    for table in (cohort, *(random_table(seed) for seed in range(200))):
        stable = gale_shapley(table)
        assert stable == greedy(table)
        rows = {column: [row for row, at in stable.items() if at == column] for column in stable.values()}
        for row, column in product(range(len(table.mentees)), range(len(table.mentors))):
            if table.codes[row, column] or not table.free[column]:
                continue
            wants = row not in stable or table.fit[row, column] > table.fit[row, stable[row]]
            held = rows.get(column, [])
            takes = len(held) < table.free[column] or any(
                table.fit[row, column] > table.fit[one, column] for one in held
            )
            assert not (wants and takes)


def test_the_same_seed_gives_the_same_pairs_in_any_order_of_people_and_another_the_same_total() -> None:
    pool = make_cohort(60)
    turned = replace(pool, seekers=pool.seekers[::-1], givers=pool.givers[::-1])
    one, two, other = (
        solve(score(of), Rules(seed)) for of, seed in ((pool, "a"), (turned, "a"), (pool, "b"))
    )
    assert one == two
    assert (len(one.pairs), len(one.alone)) == (len(other.pairs), len(other.alone))


@pytest.mark.parametrize("hash_seed", ["1", "4711"])
def test_the_hash_seed_of_the_process_changes_no_pair(hash_seed: str) -> None:
    program = (
        "from tests.mentoring.matching.cohort import make_cohort as c\n"
        "from mentoring.matching.solver import solve\nfrom mentoring.matching.table import score\n"
        "print([(p.mentee, p.mentor) for p in solve(score(c(40))).pairs])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == str(_pairs(solve(score(make_cohort(40)))))


def test_one_more_place_never_costs_headcount_nor_at_equal_headcount_points() -> None:
    for seed in range(200):
        table = random_table(seed)
        before = solve(table, Rules(penalties=()))
        for at in range(len(table.free)):
            free = (*table.free[:at], table.free[at] + 1, *table.free[at + 1 :])
            after = solve(replace(table, free=free), Rules(penalties=()))
            assert len(after.pairs) >= len(before.pairs)
            assert len(after.pairs) > len(before.pairs) or after.total >= before.total


def test_locked_pairs_stay_and_what_may_not_be_is_refused(cohort: ScoreTable) -> None:
    mentee, mentor = _pairs(solve(cohort))[0]
    other = next(
        one
        for at, one in enumerate(cohort.mentors)
        if one != mentor and not cohort.codes[cohort.mentees.index(mentee), at]
    )
    for objective in OBJECTIVES:
        found = solve(cohort, Rules(objective=objective, locked=[(mentee, other)]))
        assert (mentee, other) in _pairs(found)
        assert len({one.mentee for one in found.pairs}) == len(found.pairs)
        load = Counter(mentor for _mentee, mentor in _pairs(found))
        assert all(load[one] <= free for one, free in zip(cohort.mentors, cohort.free, strict=True))
    table = table_of([[5], [7]], [[1], [0]], [1])
    with pytest.raises(LockedPairError):
        solve(table, Rules(locked=[(1, 101)]))
    with pytest.raises(LockedPairError):
        solve(table, Rules(locked=[(2, 101)], floor=8))


def test_a_wish_decides_between_near_mentors_and_load_spreads_mentees() -> None:
    table = table_of([[500, 550], [500, 560]], [[0, 0], [0, 0]], [2, 2])
    assert _pairs(solve(table, Rules(penalties=()))) == [(1, 102), (2, 102)]
    assert _pairs(solve(table, Rules(penalties=(0, 80)))) == [(1, 101), (2, 102)]
    assert _pairs(solve(table, Rules(penalties=(), wishes={(1, 101): 1}))) == [(1, 101), (2, 102)]


def test_who_stays_alone_learns_how_many_were_possible_and_what_left_out_the_others() -> None:
    table = table_of([[900, 100], [800, 100]], [[0, 32], [0, 32]], [1, 1])
    (alone,) = solve(table).alone
    assert (alone.mentee, alone.eligible, alone.fitting) == (2, 1, 1)
    assert alone.counts == {"language": 1}
    (alone, _other) = solve(table, Rules(floor=950)).alone
    assert (alone.under_floor, alone.fitting) == (1, 0)
