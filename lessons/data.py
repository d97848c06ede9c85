"""What crosses the door of the lessons room: frozen answers, already cut to what the reader may see."""

from dataclasses import dataclass


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
