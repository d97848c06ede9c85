"""Loads the controlled vocabularies of content/vocabularies.yaml.

Idempotent: a term that exists is kept as it is, label, definition and place, since people may have edited it. Only what
is missing is made. A parent may belong to another vocabulary (an activity's parent is its component).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from core.content import read_yaml
from core.models import Term, Vocabulary

NAMES_IN_CONTENT = {"risk_cause": Vocabulary.CAUSE}
"""Where the file calls a vocabulary otherwise than the portal does."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many objects of a kind a loader made and left as they were."""

    created: int
    kept: int

    def __str__(self) -> str:
        return f"{self.created} created, {self.kept} kept"


@transaction.atomic
def load_vocabularies(*, content: Path) -> Loaded:
    """Makes the missing terms; raises `ValueError` for a vocabulary or a parent nobody knows."""
    document = read_yaml(content / "vocabularies.yaml")
    known = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    already = len(known)
    by_code = {code: term for (_, code), term in known.items()}
    for vocabulary in document["vocabularies"]:
        name = _vocabulary(vocabulary["name"])
        for order, entry in enumerate(vocabulary["terms"], start=1):
            if (name, entry["code"]) not in known:
                term = Term.objects.create(**_fields(name, order, entry), parent=_parent(entry, by_code))
                known[name, term.code] = term
                by_code.setdefault(term.code, term)
    return Loaded(created=len(known) - already, kept=already)


def _vocabulary(name: str) -> str:
    return Vocabulary(NAMES_IN_CONTENT.get(name, name)).value


def _fields(vocabulary: str, order: int, entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "vocabulary": vocabulary,
        "code": entry["code"],
        "label": entry["label"],
        "definition": entry.get("definition", ""),
        "crosswalk": entry.get("crosswalk", {}),
        "order": order,
    }


def _parent(entry: dict[str, Any], by_code: dict[str, Term]) -> Term | None:
    code = entry.get("parent")
    if code is None:
        return None
    if code not in by_code:
        raise ValueError(
            f"Term {entry['code']!r} names {code!r} as its parent, which stands nowhere before it."
        )
    return by_code[code]
