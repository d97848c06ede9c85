"""What stands against a pair, as codes. A pair is eligible where there is none."""

from mentoring.matching import data
from mentoring.matching.data import Giver, Pool, Seeker
from mentoring.matching.overlap import longest_shared

SHORTEST_OVERLAP = 120
"""Minutes of a day in which both must be at work."""


def codes_of(seeker: Seeker, giver: Giver, pool: Pool) -> frozenset[str]:
    """Every code that holds, never only the first."""
    checks = {
        data.SELF: seeker.person.id == giver.person.id,
        data.AWAY: giver.away,
        data.FULL: giver.free == 0,
        data.UNTRAINED: not giver.trained,
        data.LINE: _same_line(seeker, giver),
        data.LANGUAGE: not seeker.person.languages & giver.person.languages,
        data.OVERLAP: longest_shared(seeker.person, giver.person, pool.on) < SHORTEST_OVERLAP,
        data.EXCLUSION: frozenset((seeker.person.id, giver.person.id)) in pool.exclusions,
        data.WALL: _walled(seeker, giver, pool),
        data.FORMER: (seeker.person.id, giver.person.id) in pool.former,
    }
    return frozenset(code for code, holds in checks.items() if holds)


def _same_line(seeker: Seeker, giver: Giver) -> bool:
    one, other = seeker.person, giver.person
    return bool(other.id in one.line | one.below or one.id in other.line | other.below)


def _walled(seeker: Seeker, giver: Giver, pool: Pool) -> bool:
    if not pool.walls:
        return False
    return any(frozenset((a, b)) in pool.walls for a in seeker.alliances for b in giver.alliances)
