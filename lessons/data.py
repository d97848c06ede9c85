"""What crosses the door of the lessons room: frozen answers, already cut to what the reader may see."""

from dataclasses import dataclass

LESSON_TARGET, REVIEW_TARGET, ROUTE_TARGET = "lesson", "review", "route"
"""The kinds under which notices point at lessons, at the steps after which they wait for somebody, and at what was sent
to the owner of a play."""


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson as a list in another room shows it."""

    title: str
    url: str
    impact: str
    phase_code: str
    phase_label: str
    outcome: str
    is_learned: bool
    reason: str = ""
    use_count: int = 0
    worked_count: int = 0
