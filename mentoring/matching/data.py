"""Frozen inputs and answers of matching. Ids are those of people; codes those of the vocabularies.

There is no gender, no age and no origin here, so that none can enter a score.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SELF, AWAY, FULL, UNTRAINED = "self", "away", "full", "untrained"
LINE, LANGUAGE, OVERLAP = "line", "language", "overlap"
EXCLUSION, WALL, FORMER = "exclusion", "wall", "former"
AUDIENCE, TENURE = "audience", "tenure"
CODES = (
    *(SELF, AWAY, FULL, UNTRAINED, LINE, LANGUAGE, OVERLAP),
    *(EXCLUSION, WALL, FORMER, AUDIENCE, TENURE),
)
PRIVATE_CODES = frozenset({EXCLUSION, WALL, FORMER})

MOST: Mapping[str, int] = {
    "competence": 350,
    "type": 180,
    "phase": 120,
    "style": 120,
    "overlap": 100,
    "area": 70,
    "language": 30,
    "experience": 30,
}
"""Every component with the most points it gives; together 1000."""


@dataclass(frozen=True, slots=True)
class Person:
    """What both sides have. `start` and `until` are minutes of the day by the person's own clock.

    `above` are all managers above a person; whoever is below one of them is found by being above the other.
    """

    id: int
    languages: frozenset[str] = frozenset({"en"})
    zone: str = "UTC"
    days: str = "12345"
    start: int = 540
    until: int = 1020
    areas: frozenset[str] = frozenset()
    above: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Seeker:
    """A mentee. `wants` are ordered, the most important first."""

    person: Person
    wants: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    style: tuple[int, int, int] = (3, 3, 3)
    years: float = 0.0
    alliances: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Giver:
    """A mentor; `used` of `capacity` places are taken."""

    person: Person
    offers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    style: tuple[int, int, int] = (3, 3, 3)
    years: float = 0.0
    capacity: int = 1
    used: int = 0
    away: bool = False
    trained: bool = True
    alliances: frozenset[int] = frozenset()

    @property
    def free(self) -> int:
        """Places that are left."""
        return max(0, self.capacity - self.used)


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody of a round, or one mentee and all mentors. `on` is the day whose clocks count.

    `audience` are those whom the programme is for, None for everybody; mentors have been in their role `least_years`.
    """

    seekers: tuple[Seeker, ...]
    givers: tuple[Giver, ...]
    on: date
    exclusions: frozenset[frozenset[int]] = frozenset()
    walls: frozenset[frozenset[int]] = frozenset()
    former: frozenset[tuple[int, int]] = frozenset()
    audience: frozenset[int] | None = None
    least_years: float = 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """One mentor for one mentee. `points` add up to `score`; load and scarcity changed the order only."""

    mentor: int
    score: int
    points: Mapping[str, int]
    load: int
    scarcity: int
    free: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The best few, and how many mentors each filter left out; one mentor may be left out by several."""

    proposals: tuple[Proposal, ...]
    asked: int
    counts: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[int, frozenset[str]] = field(default_factory=dict)
