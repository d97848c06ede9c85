"""Loads competences, the career ladder and the finder's questions from content/competencies.yaml. Idempotent.

What exists is left alone, with whatever was edited.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from core.content import read_yaml
from people.models import Competence, CompetenceKind, FinderQuestion, RoleProfile

FILE = "competencies.yaml"
LADDER = 7
KINDS = {"habits": CompetenceKind.HABIT, "areas": CompetenceKind.AREA}


@transaction.atomic
def load_competences(*, path: Path | None = None) -> int:
    """Returns how many rows were made."""
    content = read_yaml(path or settings.CONTENT_DIR / FILE)
    entries = [(kind, entry) for part, kind in KINDS.items() for entry in content[part]]
    made = sum(_competence(kind, entry, order) for order, (kind, entry) in enumerate(entries))
    made += sum(_role(entry, order) for order, entry in enumerate(content["roles"]))
    return made + sum(_question(entry, order) for order, entry in enumerate(content["finder"]))


def _competence(kind: CompetenceKind, entry: Mapping[str, Any], order: int) -> bool:
    defaults = {
        "kind": kind,
        "title": entry["title"],
        "what": _line(entry["what"]),
        "behaviours": _lines(behaviour["text"] for behaviour in entry["behaviours"]),
        "levels": _lines(entry["levels"]),
        "plays": list(entry["plays"]),
        "order": order,
    }
    return Competence.objects.get_or_create(code=entry["code"], defaults=defaults)[1]


def _role(entry: Mapping[str, Any], order: int) -> bool:
    defaults = {
        "title": entry["title"],
        "purpose": _line(entry["purpose"]),
        "duties": _lines(entry["duties"]),
        "time": _line(entry["time"]),
        "grows_into": list(entry["grows_into"]),
        "evidence": _lines(entry["evidence"]),
        "rung": order + 1 if order < LADDER else None,
        "order": order,
    }
    return RoleProfile.objects.get_or_create(slug=slugify(entry["title"]), defaults=defaults)[1]


def _question(entry: Mapping[str, Any], order: int) -> bool:
    defaults = {name: _line(entry[name]) for name in ("question", "help", "yes_means")}
    return FinderQuestion.objects.get_or_create(key=entry["key"], defaults=defaults | {"order": order})[1]


def _lines(texts: Iterable[str]) -> list[str]:
    return [_line(text) for text in texts]


def _line(text: str) -> str:
    return " ".join(text.split())
