"""The points of a pair: integers by component, together at most 1000."""

from collections.abc import Mapping
from datetime import date

from mentoring.matching.data import MOST, Giver, Seeker
from mentoring.matching.overlap import weekly_shared

WEIGHTS = (4, 3, 2, 1)
"""Of wants by their order."""
FULL_WEEK = 20 * 60
"""Shared minutes of a week that give all points."""
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
