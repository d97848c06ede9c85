"""What a coordinator may put in place of one pair of a draft, with everything that it does: points, places, wishes, floor.

Only mentors whom no filter leaves out are offered, whatever the filter; the others are counts, as everybody may know
them. Whoever has a part for the reader, herself among them, is in neither: she learns nothing about herself. A pair that
is not possible any more is said to be so, without a word why.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mentoring.matching.data import Pool
from mentoring.matching.table import ScoreTable, score
from mentoring.models import MatchRun, Wish
from mentoring.proposals import public_reasons
from mentoring.rounds import pool_of, with_part
from people.models import User

A_LIST = 20
Made = tuple[int, int, dict[str, int]]


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish that a swap fulfils or takes away."""

    mentee: int
    mentor: int
    rank: int


@dataclass(frozen=True, slots=True)
class Swap:
    """One other mentor: the pairs that are written, the new score, the change of the total, who trades with whom.

    `under_floor` are mentees below the floor afterwards; `is_last` says that the mentor has no place left then.
    """

    mentor: int
    score: int
    change: int
    trades_with: int | None
    pairs: tuple[Made, ...]
    under_floor: tuple[int, ...]
    lost: tuple[WishLine, ...]
    won: tuple[WishLine, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """All swaps for one mentee, the best first. `blocked`: the pair as it stands would not begin; counts of who cannot be."""

    swaps: tuple[Swap, ...] = ()
    blocked: bool = False
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """The draft among those who are still there."""

    table: ScoreTable
    now: Mapping[int, int]
    floor: int
    wishes: Mapping[tuple[int, int], int]

    def has_place(self, mentor: int, *, taken: int = 0) -> bool:
        """Whether the mentor has a place beside those of the draft."""
        load = Counter(self.now.values())[mentor] + taken
        return load < self.table.free[self.table.mentors.index(mentor)]


def swaps_of(run: MatchRun, mentee: int, reader: User) -> tuple[Swap, ...]:
    """What the reader may swap in."""
    return choices_of(run, mentee, reader).swaps


def choices_of(run: MatchRun, mentee: int, reader: User) -> Choices:
    """None for a mentee who is not in the round any more. Constant queries."""
    if run.made_by is None:
        return Choices()
    table = score(_without(with_part(reader), pool_of(run.made_by, run.programme)))
    pairs = dict(run.candidates.values_list("mentee", "mentor"))
    if mentee not in table.mentees:
        return Choices(blocked=mentee in pairs)
    known = {one: at for one, at in pairs.items() if one in table.mentees and at in table.mentors}
    draft = _Draft(table, known, run.floor, _wishes(run))
    row = table.row(mentee)
    found = [
        swap
        for mentor, (_fit, codes) in row.items()
        if not codes and mentor != known.get(mentee)
        for swap in _ways(draft, mentee, mentor)
    ]
    best = sorted(found, key=lambda one: (-one.change, -one.score, one.mentor))[:A_LIST]
    left_out = {mentor: codes for mentor, (_fit, codes) in row.items() if mentor != mentee}
    return Choices(tuple(best), _is_blocked(draft, mentee, pairs.get(mentee)), public_reasons(left_out))


def _without(apart: frozenset[int], pool: Pool) -> Pool:
    return replace(pool, givers=tuple(one for one in pool.givers if one.person.id not in apart))


def _is_blocked(draft: _Draft, mentee: int, mentor: int | None) -> bool:
    """Whether the pair as it stands would not begin: a filter, a mentor who has gone, or more mentees than places."""
    if mentor is None:
        return False
    if mentor not in draft.table.mentors or draft.table.codes_of(mentee, mentor):
        return True
    return not draft.has_place(mentor, taken=-1)


def _wishes(run: MatchRun) -> dict[tuple[int, int], int]:
    rows = Wish.objects.filter(programme=run.programme_id)
    return {(mentee, mentor): rank for mentee, mentor, rank in rows.values_list("mentee", "mentor", "rank")}


def _ways(draft: _Draft, mentee: int, mentor: int) -> list[Swap]:
    """One: into a free place, else the best trade that is possible; else none."""
    if draft.has_place(mentor):
        return [_swap(draft, [(mentee, mentor)])]
    if mentee not in draft.now:
        return []
    mine = draft.now[mentee]
    others = [one for one, at in draft.now.items() if at == mentor and not draft.table.codes_of(one, mine)]
    trades = [_swap(draft, [(mentee, mentor), (one, mine)]) for one in others]
    return sorted(trades, key=lambda one: (-one.change, one.trades_with or 0))[:1]


def _swap(draft: _Draft, pairs: list[tuple[int, int]]) -> Swap:
    made: tuple[Made, ...] = tuple((one, at, draft.table.breakdown(one, at)) for one, at in pairs)
    before = [(one, draft.now[one]) for one, _at in pairs if one in draft.now]
    scores = [sum(points.values()) for _one, _at, points in made]
    return Swap(
        mentor=pairs[0][1],
        score=scores[0],
        change=sum(scores) - sum(sum(draft.table.breakdown(*two).values()) for two in before),
        trades_with=pairs[1][0] if len(pairs) > 1 else None,
        pairs=made,
        under_floor=tuple(
            one for (one, _at), points in zip(pairs, scores, strict=True) if points < draft.floor
        ),
        lost=_wished(draft, before),
        won=_wished(draft, pairs),
        is_last=len(pairs) == 1 and not draft.has_place(pairs[0][1], taken=1),
    )


def _wished(draft: _Draft, pairs: list[tuple[int, int]]) -> tuple[WishLine, ...]:
    return tuple(WishLine(*two, draft.wishes[two]) for two in pairs if two in draft.wishes)
