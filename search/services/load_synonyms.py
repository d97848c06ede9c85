"""Loads the synonym groups of content/synonyms.yaml: idempotent, and never over an editor's change.

A group is known by its first term. One that was edited, switched off or added in the admin stays as it is; one that left
the file stays too, because a person may rely on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from search.lint import lint_group
from search.models import SynonymGroup


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many groups were written, and how many stood already."""

    written: int
    unchanged: int


def load_synonyms(*, path: Path | None = None) -> Loaded:
    """Loads the file; raises `ValueError` with all problems and writes nothing where a group is not sound."""
    file = path or settings.CONTENT_DIR / "synonyms.yaml"
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
    if problems := _problems(groups):
        raise ValueError(f"{file.name}: " + "; ".join(problems))
    with transaction.atomic():
        written = sum(_write(group) for group in groups)
    return Loaded(written, len(groups) - written)


def _problems(groups: list[Mapping[str, Any]]) -> list[str]:
    seen: list[str] = []
    problems = []
    for group in groups:
        terms = group.get("terms", [])
        found = lint_group(terms, group.get("means", []), group.get("ambiguous", {}), others=seen)
        problems += [f"{', '.join(map(str, terms))}: {problem}" for problem in found]
        seen += terms
    return problems


def _write(group: Mapping[str, Any]) -> bool:
    content = {
        "terms": group["terms"],
        "means": group.get("means", []),
        "ambiguous": group.get("ambiguous", {}),
    }
    known = SynonymGroup.objects.filter(origin=group["terms"][0]).first()
    if known is None:
        SynonymGroup.objects.create(origin=group["terms"][0], **content)
        return True
    if known.edited or all(getattr(known, name) == value for name, value in content.items()):
        return False
    for name, value in content.items():
        setattr(known, name, value)
    known.save()
    return True
