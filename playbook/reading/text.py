"""Plain text with the codes in it as links. Pieces, never HTML: the template escapes each of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CODE = re.compile(r"\b([PTL]\d{2,3}[a-z]?)\b")
PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a code leads, and what it stands for."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; a link where `target` is set."""

    text: str
    target: Target | None = None


Paragraph = tuple[Piece, ...]


def codes_in(texts: Iterable[str]) -> set[str]:
    """The codes of plays, tools and lessons that the texts mention."""
    return {code for text in texts for code in CODE.findall(text)}


def linked(text: str, targets: Mapping[str, Target]) -> Paragraph:
    """One line of text; a code without a target (missing, or not for this reader) stays plain text."""
    return tuple(Piece(part, targets.get(part)) for part in CODE.split(text) if part)


def paragraphs(text: str, targets: Mapping[str, Target]) -> list[Paragraph]:
    """A text with empty lines between its paragraphs."""
    return [linked(part.strip(), targets) for part in PARAGRAPH.split(text) if part.strip()]
