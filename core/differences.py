"""What changed between two texts, word by word, as plain pieces. templates/components/pieces.html shows them.

A text of many words is compared as a whole, so that the work stays bounded however long it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 2_000
_WORD = re.compile(r"\s*\S+\s*|\s+")


class PieceKind(StrEnum):
    """What became of some words; also the element that shows them."""

    SAME = "same"
    ADDED = "ins"
    REMOVED = "del"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that share a fate."""

    kind: PieceKind
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """Old and new text as words that stayed, went and came."""
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    if max(len(old_words), len(new_words)) > MOST_WORDS:
        return list(_whole(old, new))
    return list(_compared(old_words, new_words))


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        gone, come = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if tag == "equal":
            yield Piece(PieceKind.SAME, come)
        else:
            yield from _whole(gone, come)


def _whole(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece(PieceKind.REMOVED, gone)
    if come:
        yield Piece(PieceKind.ADDED, come)
