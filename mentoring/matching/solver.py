"""The best pairs of a whole round, exactly: a sparse assignment with strictly lexicographic weights.

Each mentor stands once per free place, place k of a mentor costs `penalties[k]`; each mentee has a dummy of their own, so
that staying alone is always allowed. A weight is (CARD + fit + wish - penalty) * K + tie, with K = 1024 * (n + 1), so that
ties never outweigh a point, and CARD above any sum of points where headcount comes first. Weights stay below 2^53, where
the solver's floats are exact; totals are added up as Python integers. The same seed gives the same pairs.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from mentoring.matching.data import FULL
from mentoring.matching.table import BIT, ScoreTable, Truths

MOST_PARTICIPANTS, BEST_FIT, FAIR = "most_participants", "best_fit", "nobody_badly_matched"
WISH_POINTS = (100, 70, 40)
"""Of a mentee's first, second and third wish."""
PENALTIES = (0, 40, 80)
"""What the first, second and each further mentee of a mentor costs; never falling."""
TIES, EXACT = 1024, 2**53
FIT_END = 1001


@dataclass(frozen=True, slots=True)
class Pairing:
    """One pair; `points` add up to `score`."""

    mentee: int
    mentor: int
    score: int
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Alone:
    """A mentee without a mentor: how many mentors are possible, how many of these under the floor, what left out the others.

    `counts` has private codes among them: only a coordinator without a part reads it, and `fitting` counts mentors whose
    places went to others.
    """

    mentee: int
    asked: int
    eligible: int
    under_floor: int
    fitting: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Solution:
    """`total` and `worst` are of fit alone, without wishes and penalties; `floor` is the one that was kept."""

    pairs: tuple[Pairing, ...]
    alone: tuple[Alone, ...]
    total: int
    worst: int
    floor: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a coordinator sets. `wishes` are (mentee, mentor) to rank 1, 2, 3; `locked` pairs are kept as they are."""

    seed: str = "1"
    objective: str = MOST_PARTICIPANTS
    floor: int = 0
    wishes: Mapping[tuple[int, int], int] | None = None
    locked: Iterable[tuple[int, int]] = ()
    penalties: Sequence[int] = PENALTIES


class LockedPairError(ValueError):
    """A locked pair that may not be: not eligible, under the floor, or beyond the places of its mentor."""


@dataclass(frozen=True, slots=True)
class _Edges:
    """The open pairs, one entry for each free place: row, column of the place, mentor's column, points, tie."""

    rows: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    worth: npt.NDArray[np.int64]
    ties: npt.NDArray[np.int64]


def solve(table: ScoreTable, rules: Rules | None = None) -> Solution:
    """The pairs that are best by the objective, worst first named nowhere: pairs come by mentee."""
    rules = rules or Rules()
    fit, open_pairs = table.fit, table.codes == 0
    kept = _kept(table, fit, rules)
    wanted = open_pairs & (fit >= rules.floor)
    floor = rules.floor
    rest = wanted.copy()
    rest[[row for row, _column in kept]] = False
    if rules.objective == FAIR:
        floor = _highest_floor(table, fit, rest, kept, rules.floor)
        rest &= fit >= floor
    found = sorted([*kept, *_assigned(table, fit, rest, kept, rules)])
    pairs = tuple(_pairing(table, row, column) for row, column in found)
    left = sorted(set(range(len(table.mentees))) - {row for row, _column in found})
    return Solution(
        pairs=pairs,
        alone=tuple(_alone(table, fit, open_pairs, row, floor) for row in left),
        total=sum(one.score for one in pairs),
        worst=min((one.score for one in pairs), default=0),
        floor=floor,
    )


def _kept(table: ScoreTable, fit: npt.NDArray[np.int16], rules: Rules) -> list[tuple[int, int]]:
    rows = {one: at for at, one in enumerate(table.mentees)}
    columns = {one: at for at, one in enumerate(table.mentors)}
    found: list[tuple[int, int]] = []
    for mentee, mentor in sorted(set(rules.locked)):
        if mentee not in rows or mentor not in columns:
            raise LockedPairError((mentee, mentor))
        pair = rows[mentee], columns[mentor]
        if table.codes[pair] or fit[pair] < rules.floor:
            raise LockedPairError((mentee, mentor))
        found.append(pair)
    load = Counter(column for _row, column in found)
    if len({row for row, _column in found}) < len(found) or any(load[at] > table.free[at] for at in load):
        raise LockedPairError(tuple(rules.locked))
    return found


def _places(table: ScoreTable, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every free place that is not kept: the mentor's column and how many mentees come before it."""
    taken = Counter(column for _row, column in kept)
    most = len(table.mentees)
    return [
        (column, table.used[column] + place)
        for column in range(len(table.mentors))
        for place in range(taken[column], min(table.free[column], taken[column] + most))
    ]


def _assigned(
    table: ScoreTable,
    fit: npt.NDArray[np.int16],
    wanted: Truths,
    kept: list[tuple[int, int]],
    rules: Rules,
) -> list[tuple[int, int]]:
    places = _places(table, kept)
    edges = _edges(table, fit, wanted, places, rules)
    count = len(table.mentees)
    if not len(edges.rows):
        return []
    low, high = min(0, int(edges.worth.min())), max(0, int(edges.worth.max()))
    card = 0 if rules.objective == BEST_FIT else (high - low) * count + 1
    weights = (card + edges.worth) * (TIES * (count + 1)) + edges.ties
    top = max(int(weights.max()), 0) + 1
    if top - int(weights.min()) >= EXACT:
        raise OverflowError(count)
    alone = np.arange(count)
    costs = np.concatenate([top - weights, np.full(count, top)]).astype(np.float64)
    ends = np.concatenate([edges.places, len(places) + alone])
    graph = csr_array(
        (costs, (np.concatenate([edges.rows, alone]), ends)), shape=(count, len(places) + count)
    )
    rows, columns = min_weight_full_bipartite_matching(graph)
    return [(int(row), places[at][0]) for row, at in zip(rows, columns, strict=True) if at < len(places)]


def _edges(
    table: ScoreTable,
    fit: npt.NDArray[np.int16],
    wanted: Truths,
    places: list[tuple[int, int]],
    rules: Rules,
) -> _Edges:
    rows, columns = np.nonzero(wanted)
    points = fit[rows, columns].astype(np.int64) + _wished(table, rules)[rows, columns]
    ties = _ties(table, rows, columns, rules.seed)
    firsts = np.full(len(table.mentors), len(places))
    numbers = np.zeros(len(table.mentors), np.int64)
    for at, (column, _load) in reversed(list(enumerate(places))):
        firsts[column] = at
        numbers[column] += 1
    times = numbers[columns]
    again = np.repeat(np.arange(len(rows)), times)
    step = np.arange(len(again)) - np.repeat(np.cumsum(times) - times, times)
    at_place = firsts[columns[again]] + step
    costs = np.array([_penalty(load, rules.penalties) for _column, load in places], dtype=np.int64)
    worth = points[again] - (costs[at_place] if len(places) else 0)
    return _Edges(rows[again], at_place, columns[again], worth, ties[again])


def _penalty(load: int, penalties: Sequence[int]) -> int:
    return penalties[min(load, len(penalties) - 1)] if penalties else 0


def _wished(table: ScoreTable, rules: Rules) -> npt.NDArray[np.int64]:
    points = np.zeros(table.codes.shape, np.int64)
    rows = {one: at for at, one in enumerate(table.mentees)}
    columns = {one: at for at, one in enumerate(table.mentors)}
    for (mentee, mentor), rank in (rules.wishes or {}).items():
        if mentee in rows and mentor in columns and 1 <= rank <= len(WISH_POINTS):
            points[rows[mentee], columns[mentor]] = WISH_POINTS[rank - 1]
    return points


def tie_of(seed: str, mentee: int, mentor: int) -> int:
    """The top ten bits of the SHA-256 of the three."""
    digest = sha256(f"{seed}|{mentee}|{mentor}".encode()).digest()
    return (digest[0] << 2) | (digest[1] >> 6)


def _ties(
    table: ScoreTable, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], seed: str
) -> npt.NDArray[np.int64]:
    """`tie_of` for open pairs only; what all pairs of a mentee begin with is hashed once."""
    starts = [sha256(f"{seed}|{mentee}|".encode()) for mentee in table.mentees]
    ends = [str(mentor).encode() for mentor in table.mentors]
    found = np.empty(len(rows), np.int64)
    for at, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        state = starts[row].copy()
        state.update(ends[column])
        digest = state.digest()
        found[at] = (digest[0] << 2) | (digest[1] >> 6)
    return found


def _highest_floor(
    table: ScoreTable, fit: npt.NDArray[np.int16], wanted: Truths, kept: list[tuple[int, int]], floor: int
) -> int:
    """The highest floor that costs nobody their place, by halving."""
    places = [column for column, _load in _places(table, kept)]
    most = _headcount(wanted, places)
    low, high = floor, FIT_END
    while high - low > 1:
        middle = (low + high) // 2
        if _headcount(wanted & (fit >= middle), places) == most:
            low = middle
        else:
            high = middle
    return low if most else floor


def _headcount(wanted: Truths, places: list[int]) -> int:
    if not places or not wanted.size:
        return 0
    matched = maximum_bipartite_matching(csr_array(wanted[:, places]), perm_type="column")
    return int((matched >= 0).sum())


def _pairing(table: ScoreTable, row: int, column: int) -> Pairing:
    points = {name: int(part[row, column]) for name, part in table.points.items()}
    return Pairing(table.mentees[row], table.mentors[column], sum(points.values()), points)


def _alone(table: ScoreTable, fit: npt.NDArray[np.int16], open_pairs: Truths, row: int, floor: int) -> Alone:
    """Mentors full from before count as possible but full: `counts` names them by their code."""
    codes = table.codes[row]
    others = np.array([one != table.mentees[row] for one in table.mentors], dtype=bool)
    eligible = open_pairs[row]
    under = int((eligible & (fit[row] < floor)).sum())
    counts = {code: int(((codes & bit) > 0)[others].sum()) for code, bit in BIT.items()}
    fitting = int(eligible.sum()) - under + int((codes == BIT[FULL])[others].sum())
    return Alone(
        mentee=table.mentees[row],
        asked=int(others.sum()),
        eligible=int(eligible.sum()),
        under_floor=under,
        fitting=fitting,
        counts={code: number for code, number in counts.items() if number},
    )
