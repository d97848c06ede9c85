"""What changed in a lesson since somebody last reviewed it: field by field, word by word."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.differences import Piece, pieces
from lessons.models import Lesson
from lessons.services.snapshot import KEPT, WHYS


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


def _label(name: str) -> str:
    if name == WHYS:
        return _("Whys")
    label = next(str(column.verbose_name) for column in Lesson._meta.fields if column.name == name)
    return label[:1].upper() + label[1:]
