"""The rule of one pair in plain Python, which every cell of the table is held to."""

from collections.abc import Mapping
from datetime import date

from mentoring.matching import data
from mentoring.matching.data import MOST, Giver, Pool, Seeker
from mentoring.matching.overlap import longest_shared, weekly_shared

WEIGHTS, FULL_WEEK, SHORTEST_OVERLAP = (4, 3, 2, 1), 1200, 120
LEAST_YEARS, MOST_YEARS = 2, 10


def points_of(seeker: Seeker, giver: Giver, on: date) -> dict[str, int]:
    """Every component, zero among them."""
    shares: Mapping[str, tuple[int, int]] = {
        "competence": _wanted(seeker, giver),
        "type": (len(seeker.types & giver.types), len(seeker.types)),
        "phase": (len(seeker.phases & giver.phases), len(seeker.phases)),
        "style": (12 - sum(abs(a - b) for a, b in zip(seeker.style, giver.style, strict=True)), 12),
        "overlap": (min(weekly_shared(seeker.person, giver.person, on), FULL_WEEK), FULL_WEEK),
        "area": (len(seeker.person.areas & giver.person.areas), len(seeker.person.areas)),
        "language": (int(len(seeker.person.languages & giver.person.languages) > 1), 1),
        "experience": (int(LEAST_YEARS <= giver.years - seeker.years <= MOST_YEARS), 1),
    }
    return {name: MOST[name] * part // whole if whole else 0 for name, (part, whole) in shares.items()}


def _wanted(seeker: Seeker, giver: Giver) -> tuple[int, int]:
    weighed = list(zip(seeker.wants, WEIGHTS, strict=False))
    covered = sum(weight for code, weight in weighed if code in giver.offers)
    return covered, sum(weight for _code, weight in weighed)


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
        data.AUDIENCE: pool.audience is not None and not {seeker.person.id, giver.person.id} <= pool.audience,
        data.TENURE: giver.years < pool.least_years,
    }
    return frozenset(code for code, holds in checks.items() if holds)


def _same_line(seeker: Seeker, giver: Giver) -> bool:
    one, other = seeker.person, giver.person
    return other.id in one.above or one.id in other.above


def _walled(seeker: Seeker, giver: Giver, pool: Pool) -> bool:
    if not pool.walls:
        return False
    return any(frozenset((a, b)) in pool.walls for a in seeker.alliances for b in giver.alliances)
