"""Measures rounds of 200, 1 000 and 5 000 mentees beside greedy and Gale-Shapley on the same cohorts, and one shortlist;
and what load and scarcity do: to mentees who come one by one and take the first card, and to the load of a round.

Seconds are of CPU. "Best fit" below greedy, a round of 1 000 of two seconds or a shortlist of 300 ms fail the run.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from benchmarks.matching_order import instant, loads
from benchmarks.matching_rivals import gale_shapley, greedy
from mentoring.matching.shortlist import shortlist
from mentoring.matching.solver import BEST_FIT, FAIR, MOST_PARTICIPANTS, PENALTIES, Rules, solve
from mentoring.matching.table import ScoreTable, score
from tests.mentoring.matching.cohort import make_cohort

T = TypeVar("T")
SIZES = (200, 1_000, 5_000)
AMPLE, SCARCE = 1.1, 0.9
"""Places for each mentee."""
COMING = {200: (0.6, 0.8, 1.1), 1_000: (0.8,)}
"""Places for each mentee where mentees come one by one, by their number."""
MENTORS = 3_000
MOST_SECONDS, MOST_MILLISECONDS = 2.0, 300.0


def main() -> int:
    """Prints the table; 1 where a goal is missed."""
    missed = [line for size in SIZES for line in _size(size)]
    missed += [line for size in SIZES[:2] for line in _size(size, supply=SCARCE)] + _shortlist()
    _one_by_one()
    print("\n".join(["", *missed]) if missed else "\nEvery goal is met.")
    return 1 if missed else 0


def _size(size: int, *, supply: float = AMPLE) -> list[str]:
    pool = make_cohort(size, supply=supply)
    scoring, table = _timed(partial(score, pool))
    print(
        f"\n{size} mentees, {len(pool.givers)} mentors, {sum(table.free)} places; scoring {scoring:.2f} s of CPU"
    )
    print(f"{'':24}{'seconds':>9}{'total':>11}{'worst':>7}{'unmatched':>11}")
    totals: dict[str, int] = {}
    slowest = 0.0
    for name, way in (("greedy", greedy), ("Gale-Shapley", gale_shapley)):
        seconds, pairs = _timed(partial(way, table))
        totals[name] = _line(name, seconds, [int(table.fit[two]) for two in pairs.items()], size)
    for objective in (BEST_FIT, MOST_PARTICIPANTS, FAIR):
        seconds, found = _timed(partial(solve, table, Rules(objective=objective, penalties=())))
        totals[objective] = _line(objective, seconds, [one.score for one in found.pairs], size)
        slowest = max(slowest, scoring + seconds)
    _load(table)
    missed = [f"{size}: best fit is below greedy"] if totals[BEST_FIT] < totals["greedy"] else []
    if size == 1_000 and slowest >= MOST_SECONDS:
        missed.append(f"1 000 mentees took {slowest:.2f} s")
    return missed


def _line(name: str, seconds: float, scores: list[int], size: int) -> int:
    print(f"{name:24}{seconds:9.2f}{sum(scores):11,}{min(scores):7}{size - len(scores):11}", flush=True)
    return sum(scores)


def _load(table: ScoreTable) -> None:
    """What the costs of further mentees do to the load of the mentors of a round."""
    for name, penalties in (("plain", ()), ("with penalties", PENALTIES)):
        found = solve(table, Rules(penalties=penalties))
        idle, full = loads(table, [one.mentor for one in found.pairs])
        print(f"  {name:22}{found.total:18,} total,{idle:5} mentors idle,{full:5} fully loaded", flush=True)


def _one_by_one() -> None:
    print("\nMentees come one by one and take the first card:")
    print(f"{'':32}{'matched':>9}{'mean':>7}{'worst':>7}{'idle':>7}{'full':>7}")
    for size, supplies in COMING.items():
        for supply in supplies:
            pool = make_cohort(size, supply=supply)
            for name, by_fit in (("by fit alone", True), ("load and scarcity", False)):
                seen = instant(pool, by_fit=by_fit)
                mean = sum(seen.scores) // max(len(seen.scores), 1)
                row = (len(seen.scores), mean, min(seen.scores, default=0), seen.idle, seen.full)
                figures = "".join(f"{one:>7}" for one in row)
                print(f"{size:>6} x {supply:.1f}  {name:20}{figures}", flush=True)


def _shortlist() -> list[str]:
    pool = make_cohort(1, supply=MENTORS * 1.85)
    pool = replace(pool, givers=pool.givers[:MENTORS])
    seconds, found = min((_timed(partial(shortlist, pool)) for _again in range(3)), key=lambda two: two[0])
    print(
        f"\nshortlist of {len(found.proposals)} among {len(pool.givers)} mentors: {seconds * 1000:.0f} ms of CPU"
    )
    return [f"a shortlist took {seconds * 1000:.0f} ms"] if seconds * 1000 >= MOST_MILLISECONDS else []


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    begun = time.process_time()
    answer = act()
    return time.process_time() - begun, answer


if __name__ == "__main__":
    sys.exit(main())
