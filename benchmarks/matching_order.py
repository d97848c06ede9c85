"""What load and scarcity in the order of cards do, where mentees come one by one and each takes the first card."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mentoring.matching.data import Pool, Proposal
from mentoring.matching.shortlist import shortlist
from mentoring.matching.table import ScoreTable


@dataclass(frozen=True, slots=True)
class Seen:
    """The scores of the pairs that were made, mentors without a mentee, and mentors without a place."""

    scores: list[int]
    idle: int
    full: int


def instant(pool: Pool, *, by_fit: bool) -> Seen:
    """Everybody in the order of their numbers; `by_fit` leaves load and scarcity out of the order."""
    givers = {one.person.id: one for one in pool.givers}
    scores: list[int] = []
    for seeker in pool.seekers:
        now = replace(pool, seekers=(seeker,), givers=tuple(givers.values()))
        cards = shortlist(now, limit=len(givers)).proposals
        if not cards:
            continue
        first = max(cards, key=_fit) if by_fit else cards[0]
        scores.append(first.score)
        taken = givers[first.mentor]
        givers[first.mentor] = replace(taken, used=taken.used + 1)
    idle = sum(one.used == 0 for one in givers.values())
    return Seen(scores, idle, sum(one.free == 0 for one in givers.values()))


def _fit(one: Proposal) -> int:
    return one.score


def loads(table: ScoreTable, mentors: Sequence[int]) -> tuple[int, int]:
    """How many mentors of a round have no mentee of it, and how many no place left."""
    taken = Counter(mentors)
    free = dict(zip(table.mentors, table.free, strict=True))
    return sum(not taken[one] for one in free), sum(taken[one] >= places for one, places in free.items())
