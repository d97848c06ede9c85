"""The best mentors for one mentee now, with load and scarcity beside the fit, and counts of what left out the others."""

from collections import Counter
from hashlib import sha256

from mentoring.matching.data import Giver, Pool, Proposal, Seeker, Shortlist
from mentoring.matching.table import ScoreTable, score

LOAD = 40
"""What each mentee whom a mentor has already costs in the order."""
SCARCITY, MOST_SCARCITY, FEW = 10, 30, 2
"""What each offer costs that few mentors make, free or not, and this mentee does not want. Whether the others are free
must not matter: else the order would tell a full mentor from one who is kept apart."""


def shortlist(pool: Pool, limit: int = 3) -> Shortlist:
    """For a pool of one seeker. The same pool gives the same order, whatever the order of its rows."""
    (seeker,) = pool.seekers
    mentee, table = seeker.person.id, score(pool)
    row = table.row(mentee)
    supply = Counter(code for giver in pool.givers for code in giver.offers)
    costs = {giver.person.id: _costs(seeker, giver, supply) for giver in pool.givers}
    order = sorted(
        (mentor for mentor, (_fit, codes) in row.items() if not codes),
        key=lambda mentor: (sum(costs[mentor]) - row[mentor][0], _tie(mentee, mentor)),
    )
    left_out = {mentor: codes for mentor, (_fit, codes) in row.items() if mentor != mentee}
    counts = Counter(code for codes in left_out.values() for code in codes)
    best = tuple(_proposal(table, mentee, mentor, costs[mentor]) for mentor in order[:limit])
    return Shortlist(best, len(left_out), dict(counts), left_out)


def _costs(seeker: Seeker, giver: Giver, supply: Counter[str]) -> tuple[int, int]:
    """Load and scarcity of a mentor in the order."""
    rare = sum(1 for code in giver.offers if supply[code] <= FEW and code not in seeker.wants)
    return LOAD * giver.used, min(SCARCITY * rare, MOST_SCARCITY)


def _proposal(table: ScoreTable, mentee: int, mentor: int, costs: tuple[int, int]) -> Proposal:
    points = table.breakdown(mentee, mentor)
    return Proposal(
        mentor=mentor,
        score=sum(points.values()),
        points=points,
        load=costs[0],
        scarcity=costs[1],
        free=table.free[table.mentors.index(mentor)],
    )


def _tie(seeker: int, giver: int) -> bytes:
    return sha256(f"shortlist|{seeker}|{giver}".encode()).digest()
