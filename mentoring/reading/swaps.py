"""What a coordinator may put in place of one pair of a draft, with what it does to the total.

Only mentors whom no filter leaves out are here, whatever the filter: nobody can tell why another is missing.
"""

from collections import Counter
from dataclasses import dataclass

from mentoring.matching.table import ScoreTable, score
from mentoring.models import MatchRun
from mentoring.rounds import pool_of

A_LIST = 20
Made = tuple[int, int, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Swap:
    """One other mentor: the pairs that are written, the new score, the change of the total, who trades with whom."""

    mentor: int
    score: int
    change: int
    trades_with: int | None
    under_floor: bool
    pairs: tuple[Made, ...]


def swaps_of(run: MatchRun, mentee: int) -> list[Swap]:
    """The best first; none for a mentee who is not in the draft."""
    table = score(pool_of(run.made_by)) if run.made_by else None
    now = dict(run.candidates.values_list("mentee", "mentor"))
    if table is None or mentee not in table.mentees or not set(now) <= set(table.mentees):
        return []
    load = Counter(now.values())
    found = [
        swap
        for mentor, free in zip(table.mentors, table.free, strict=True)
        if mentor != now.get(mentee) and not table.codes_of(mentee, mentor)
        for swap in _ways(run, table, now, mentee, mentor, load[mentor] < free)
    ]
    return sorted(found, key=lambda one: (-one.change, -one.score, one.mentor))[:A_LIST]


def _ways(
    run: MatchRun, table: ScoreTable, now: dict[int, int], mentee: int, mentor: int, has_place: bool
) -> list[Swap]:
    """One: into a free place, else the best trade that is possible; else none."""
    if has_place:
        return [_swap(run, table, now, [(mentee, mentor)])]
    if mentee not in now:
        return []
    others = [one for one, at in now.items() if at == mentor and not table.codes_of(one, now[mentee])]
    trades = [_swap(run, table, now, [(mentee, mentor), (one, now[mentee])]) for one in others]
    return sorted(trades, key=lambda one: (-one.change, one.trades_with or 0))[:1]


def _swap(run: MatchRun, table: ScoreTable, now: dict[int, int], pairs: list[tuple[int, int]]) -> Swap:
    made: tuple[Made, ...] = tuple((one, at, table.breakdown(one, at)) for one, at in pairs)
    before = sum(sum(table.breakdown(one, now[one]).values()) for one, _at in pairs if one in now)
    scores = [sum(points.values()) for _one, _at, points in made]
    return Swap(
        mentor=pairs[0][1],
        score=scores[0],
        change=sum(scores) - before,
        trades_with=pairs[1][0] if len(pairs) > 1 else None,
        under_floor=min(scores) < run.floor,
        pairs=made,
    )
