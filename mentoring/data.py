"""What crosses the door of mentoring: frozen answers, already cut to what the reader may see."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from people.models import User

PAIR_TARGET = "mentorship"
"""The kind under which notices point at pairs."""


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a fit, with the most it can give."""

    code: str
    label: str
    points: int
    most: int

    @property
    def percent(self) -> int:
        """How much of the most it is."""
        return round(100 * self.points / self.most) if self.most else 0


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A mentor who fits. The points of `parts` add up to `score`; load and scarcity changed the order only.

    `seal` holds these points for the pages and forms that follow from the card.
    """

    seal: str
    mentor: User
    score: int
    parts: tuple[Part, ...]
    load: int = 0
    scarcity: int = 0
    free: int = 0

    @property
    def where(self) -> str:
        """Division and city, as far as known."""
        profile = self.mentor.profile
        return ", ".join(part for part in (profile.division, profile.city) if part)

    @property
    def by_points(self) -> list[Part]:
        """The parts, what gives most first."""
        return sorted(self.parts, key=lambda part: -part.points)

    @property
    def strongest(self) -> list[Part]:
        """The four that a card shows at once."""
        return self.by_points[:4]

    @property
    def others(self) -> list[Part]:
        """The rest of them, behind "why"."""
        return self.by_points[4:]


@dataclass(frozen=True, slots=True)
class Proposals:
    """At most three cards, and counts of what left the others out; private reasons count as no free place."""

    cards: tuple[ProposalCard, ...]
    asked: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MentorshipData:
    """A pair, for one of the two or for a flow that acts on its facts."""

    pk: int
    mentee_id: int
    mentor_id: int
    mentor_name: str
    mentee_name: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class PairFigures:
    """How far a pair came, in numbers and days."""

    mentee_id: int
    mentor_id: int
    url: str
    began: date
    due_end: date
    ended: datetime | None
    talks: int
    goals_set: int
    goals_reached: int

    def was_open(self, moment: datetime) -> bool:
        """Whether the two are a pair now, or were one at a moment."""
        if self.ended is None:
            return True
        return self.began <= timezone.localdate(moment) and self.ended >= moment


@dataclass(frozen=True, slots=True)
class LookBack:
    """What somebody wrote at the end of a mentorship of theirs; `phase` is a code, or empty."""

    note: str
    phase: str
