"""The points of a card, sealed: what a mentee was shown is what is stored when they ask, and looking stores nothing.

A seal is signed and holds what the card shows and nothing else: two numbers of people, points, load and scarcity. It
opens for its own mentee alone. The same card has the same seal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from mentoring.matching.data import MOST
from mentoring.matching.table import score
from mentoring.pool import pool_of_pair

SALT = "mentoring.card"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A mentor for a mentee, as it was counted. `points` add up to the score; load and scarcity changed the order only."""

    mentee: int
    mentor: int
    points: Mapping[str, int]
    load: int = 0
    scarcity: int = 0

    @property
    def score(self) -> int:
        """All points together."""
        return sum(self.points.values())


def seal(shown: Snapshot) -> str:
    """A snapshot as part of an address or of a form."""
    points = [shown.points.get(code, 0) for code in MOST]
    numbers = [shown.mentee, shown.mentor, shown.load, shown.scarcity, *points]
    return Signer(salt=SALT).sign_object(numbers)


def unseal(sealed: str, mentee_id: int) -> Snapshot | None:
    """What was sealed for this mentee; None for anything else."""
    try:
        mentee, mentor, load, scarcity, *points = Signer(salt=SALT).unsign_object(sealed)
        found = Snapshot(mentee, mentor, dict(zip(MOST, points, strict=True)), load, scarcity)
    except (BadSignature, ValueError):
        return None
    return found if mentee == mentee_id else None


def snapshot_now(mentee_id: int, mentor_id: int) -> Snapshot:
    """The points of a pair that has just been checked; no order was made, so load and scarcity are none."""
    table = score(pool_of_pair(mentee_id, mentor_id))
    return Snapshot(mentee_id, mentor_id, table.breakdown(mentee_id, mentor_id))
