"""Codes that steps name as links of what the reader may open now, in the order of the codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from lessons import api as lessons
from onboarding.branches import Reading
from playbook import api as playbook


@dataclass(frozen=True, slots=True)
class ReadingLink:
    """A play, tool or lesson; `kind` names its icon."""

    code: str
    title: str
    url: str
    kind: str


def links_of(reading: Reading, reader: object) -> list[ReadingLink]:
    """Three queries at most; what is missing or not for the reader is left out."""
    plays = _linked(reading.plays, playbook.plays_by_code(reading.plays, reader), "play")
    tools = _linked(reading.tools, playbook.tools_by_code(reading.tools, reader), "tool")
    read = _linked(reading.lessons, lessons.lessons_by_code(reading.lessons, reader), "lesson")
    return [*plays, *tools, *read]


def _linked(codes: Sequence[str], found: dict[str, tuple[str, str]], kind: str) -> list[ReadingLink]:
    return [ReadingLink(code, *found[code], kind) for code in codes if code in found]
