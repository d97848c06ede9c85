"""What changed in a lesson since somebody last reviewed it: field by field, word by word, as plain pieces of text.

A passage of many words is compared as a whole, so that the work stays bounded however long a text is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lessons.models import Lesson
from lessons.services.snapshot import KEPT, WHYS

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


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that reads differently now."""

    label: str | Promise
    pieces: list[Piece]


def changed_fields(before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldChange]:
    """The fields that differ, in reading order."""
    return [
        FieldChange(_label(name), pieces(before.get(name, ""), after.get(name, "")))
        for name in (*KEPT, WHYS)
        if before.get(name, "") != after.get(name, "")
    ]


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


def _label(name: str) -> str:
    if name == WHYS:
        return _("Whys")
    label = str(Lesson._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # texts are plain columns
    return label[:1].upper() + label[1:]
