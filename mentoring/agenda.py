"""The library of agendas: what a pair may talk about in its first, second … talk, and what a phase adds.

The texts stand in content/agendas.yaml. A pair takes an agenda as it is and changes its own copy; what was not reached
is carried to the next talk, in front of what that talk brings itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from core.content import read_yaml

LONGEST = 12
"""As many points as a talk can have."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of a talk; `carried` where the last talk did not reach it."""

    text: str
    minutes: int = 0
    carried: bool = False
    done: bool = False

    def as_json(self) -> dict[str, Any]:
        """As a session keeps it."""
        return {"text": self.text, "minutes": self.minutes, "carried": self.carried, "done": self.done}


@dataclass(frozen=True, slots=True)
class Agenda:
    """A proposed talk."""

    title: str
    bring: str
    items: tuple[AgendaItem, ...]


def agenda_for(number: int, phase: str = "") -> Agenda:
    """The agenda of a pair's talk by its number, from 1 on, with the point that a life-cycle phase adds.

    After the last one written comes the one for every further talk.
    """
    library = _library(settings.CONTENT_DIR / "agendas.yaml")
    talk = next((talk for talk in library["talks"] if talk["number"] == number), library["further"])
    items = [AgendaItem(item["text"], item["minutes"]) for item in talk["items"]]
    added = [AgendaItem(item["text"], item["minutes"]) for item in library["phases"].get(phase, [])]
    point = added[(number - 1) % len(added)] if added and number > 1 else None
    return Agenda(talk["title"], talk["bring"], tuple(items if point is None else [*items, point]))


def stored_items(rows: Iterable[dict[str, Any]]) -> list[AgendaItem]:
    """The points that a session keeps."""
    return [
        AgendaItem(
            str(row.get("text", "")),
            int(row.get("minutes", 0)),
            carried=bool(row.get("carried")),
            done=bool(row.get("done")),
        )
        for row in rows
    ]


def carried_over(last: Sequence[AgendaItem], following: Sequence[AgendaItem]) -> list[AgendaItem]:
    """The points of the next talk: first those left open, each once, then its own; `LONGEST` at most."""
    left = [AgendaItem(item.text, item.minutes, carried=True) for item in last if not item.done]
    known = {item.text for item in left}
    return [*left, *(item for item in following if item.text not in known)][:LONGEST]


@lru_cache(maxsize=4)
def _library(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(path)
    return found
