"""Loads the starter lessons and the links between them and the plays. Idempotent; never overwrites an edit.

A lesson that is already there stays as it is, whatever the file says. Links are given from both sides of the files, by
steps that name lessons and lessons that name plays, and are united; one that somebody withdrew is not made again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from core.models import Term, Vocabulary
from core.services.record import record
from lessons.importing.mapping import FACETS
from lessons.models import Citation, CitationKind, Lesson
from lessons.services.cite import cite_lesson
from lessons.services.indexing import index_lesson
from playbook.models import PlayPage

PLAIN = (
    "title",
    "summary",
    "context",
    "planned",
    "happened",
    "whys",
    "recommendation",
    "outcome",
    "recorded",
    "quality",
    "status",
    "uptake",
)


@dataclass(frozen=True, slots=True)
class StarterLoad:
    """What a load did."""

    created: int = 0
    kept: int = 0
    citations: int = 0


def load_starter_lessons(*, folder: Path | None = None) -> StarterLoad:
    """Creates the lessons that are missing; their vocabularies have to be loaded before."""
    terms = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    known = set(Lesson.objects.exclude(code="").values_list("code", flat=True))
    created = kept = 0
    for raw in _files((folder or settings.CONTENT_DIR) / "lessons"):
        if raw["code"] in known:
            kept += 1
            continue
        _create(raw, terms)
        created += 1
    return StarterLoad(created=created, kept=kept)


@transaction.atomic
def load_starter_citations(*, folder: Path | None = None) -> StarterLoad:
    """Makes the links that are missing, once lessons and plays are there; unknown codes are passed over."""
    base = folder or settings.CONTENT_DIR
    lessons = {lesson.code: lesson for lesson in Lesson.objects.internal().exclude(code="")}
    plays = dict(PlayPage.objects.exclude(code=None).values_list("code", "pk"))
    made = 0
    for lesson_code, play_code, step_key in _links(base):
        if lesson_code not in lessons or play_code not in plays:
            continue
        lesson, play_id = lessons[lesson_code], plays[play_code]
        if not Citation.objects.filter(lesson=lesson, play_id=play_id, step_key=step_key).exists():
            kind = CitationKind.SOURCE if step_key else CitationKind.APPLIES
            made += cite_lesson(lesson=lesson, play_id=play_id, step_key=step_key, kind=kind)
    return StarterLoad(citations=made)


@transaction.atomic
def _create(raw: Mapping[str, Any], terms: Mapping[tuple[str, str], Term]) -> None:
    impact = raw["impact"]
    lesson = Lesson(
        code=raw["code"],
        impact_days=impact["days"],
        impact_money_musd=impact["money_musd"],
        impact_relationship=impact["relationship"] or "",
        impact_text=impact["text"] or "",
        **{name: raw[name] for name in PLAIN},
        **{name: terms[vocabulary, raw[name]] for name, vocabulary in FACETS.items()},
    )
    lesson.full_clean(exclude=["author", "owner"])
    lesson.save()
    lesson.causes.set([terms[Vocabulary.CAUSE, code] for code in raw["causes"]])
    record(actor=None, action="lesson.load", target=lesson)
    index_lesson(lesson)


def _links(base: Path) -> Iterator[tuple[str, str, str]]:
    """(lesson, play, step key), the step key empty where only the lesson names the play."""
    by_step = list(_named_by_steps(_files(base / "plays")))
    yield from by_step
    pairs = {(lesson, play) for lesson, play, _step in by_step}
    for raw in _files(base / "lessons"):
        for play in raw["plays"]:
            if (raw["code"], play) not in pairs:
                yield raw["code"], play, ""


def _named_by_steps(plays: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for play in plays:
        for step in play["steps"]:
            for lesson in step.get("lessons") or ():
                yield lesson, play["code"], step["key"]


def _files(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.yaml")):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))
