"""The best mentors for one mentee now, with load and scarcity beside the fit, and counts of what left out the others."""

from collections import Counter
from hashlib import sha256

from mentoring.matching.components import points_of
from mentoring.matching.data import Giver, Pool, Proposal, Seeker, Shortlist
from mentoring.matching.filters import codes_of

LOAD = 40
"""What each mentee whom a mentor has already costs in the order."""
SCARCITY, MOST_SCARCITY, FEW = 10, 30, 2
"""What each offer costs that few mentors make, free or not, and this mentee does not want. Whether the others are free
must not matter: else the order would tell a full mentor from one who is kept apart."""


def shortlist(pool: Pool, limit: int = 3) -> Shortlist:
    """For a pool of one seeker. The same pool gives the same order, whatever the order of its rows."""
    (seeker,) = pool.seekers
    codes = {giver.person.id: codes_of(seeker, giver, pool) for giver in pool.givers}
    eligible = [giver for giver in pool.givers if not codes[giver.person.id]]
    supply = Counter(code for giver in pool.givers for code in giver.offers)
    found = [_proposal(seeker, giver, pool, supply) for giver in eligible]
    found.sort(key=lambda one: (one.load + one.scarcity - one.score, _tie(seeker.person.id, one.mentor)))
    others = {mentor: left for mentor, left in codes.items() if mentor != seeker.person.id}
    counts = Counter(code for left in others.values() for code in left)
    return Shortlist(tuple(found[:limit]), len(others), dict(counts), others)


def _proposal(seeker: Seeker, giver: Giver, pool: Pool, supply: Counter[str]) -> Proposal:
    points = points_of(seeker, giver, pool.on)
    rare = sum(1 for code in giver.offers if supply[code] <= FEW and code not in seeker.wants)
    return Proposal(
        mentor=giver.person.id,
        score=sum(points.values()),
        points=points,
        load=LOAD * giver.used,
        scarcity=min(SCARCITY * rare, MOST_SCARCITY),
        free=giver.free,
    )


def _tie(seeker: int, giver: int) -> bytes:
    return sha256(f"shortlist|{seeker}|{giver}".encode()).digest()
