"""What crosses the door of the playbook: frozen answers, never models.

The upper rooms give and take these; everything in them is already cut to what the reader may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class LessonLink:
    """One lesson as a play shows it. `because` is true where the step exists because of the lesson."""

    code: str
    title: str
    url: str
    note: str = ""
    because: bool = False


@dataclass(frozen=True, slots=True)
class PlayLessons:
    """The lessons of one play: by the key of the step they belong to, and those of the play as a whole.

    `more_url` leads to all lessons of the play, `more_count` says how many it holds beyond those given here; `add_url`
    leads to where a lesson from the play is recorded.
    """

    by_step: Mapping[str, tuple[LessonLink, ...]] = field(default_factory=dict)
    others: tuple[LessonLink, ...] = ()
    more_url: str = ""
    more_count: int = 0
    add_url: str = ""

    def all(self) -> list[LessonLink]:
        """Every lesson once, in the order of the steps."""
        links = [link for links in self.by_step.values() for link in links] + list(self.others)
        return list({link.code: link for link in links}.values())


@dataclass(frozen=True, slots=True)
class PlayRef:
    """A play as other rooms name it."""

    pk: int
    code: str
    title: str
    url: str
    phases: tuple[str, ...] = ()
    steps: Mapping[str, str] = field(default_factory=dict)
    """Key of a step to its title, in order."""


@dataclass(frozen=True, slots=True)
class PlayNews:
    """Why a play is in the news: a new version with its note, or a verification. `on` is when it happened."""

    code: str
    title: str
    url: str
    on: date | datetime | None
    note: str = ""
    version: int = 0
