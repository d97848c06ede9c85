"""Loads the synonym groups of content/synonyms.yaml: idempotent, and never over an editor's change.

A group is known by its first term. One that was edited, switched off or added in the admin stays as it is; one that left
the file stays too, because a person may rely on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.content import read_yaml
from search.lint import distinct, lint_group
from search.models import SynonymGroup


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many groups were written, and how many stood already."""

    written: int
    unchanged: int


def load_synonyms(*, path: Path | None = None) -> Loaded:
    """Loads the file; raises `ValueError` with all problems and writes nothing where a group is not sound."""
    file = path or settings.CONTENT_DIR / "synonyms.yaml"
    groups = [_as_stored(group) for group in read_yaml(file)["groups"]]
    if problems := _problems(groups):
        raise ValueError(f"{file.name}: " + "; ".join(problems))
    with transaction.atomic():
        written = sum(_write(group) for group in groups)
    return Loaded(written, len(groups) - written)


def _as_stored(group: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a group; spellings that a search cannot tell apart stand once."""
    return {
        "terms": distinct(map(str, group.get("terms", []))),
        "means": distinct(map(str, group.get("means", []))),
        "ambiguous": group.get("ambiguous", {}),
    }


def _problems(groups: Sequence[Mapping[str, Any]]) -> list[str]:
    seen: list[str] = []
    problems = []
    for group in groups:
        found = lint_group(group["terms"], group["means"], group["ambiguous"], others=seen)
        problems += [f"{', '.join(group['terms'])}: {problem}" for problem in found]
        seen += group["terms"]
    return problems


def _write(group: Mapping[str, Any]) -> bool:
    origin = group["terms"][0]
    known = SynonymGroup.objects.filter(origin=origin).first()
    if known is None:
        SynonymGroup.objects.create(origin=origin, **group)
        return True
    if known.edited or all(getattr(known, name) == value for name, value in group.items()):
        return False
    for name, value in group.items():
        setattr(known, name, value)
    known.save()
    return True
