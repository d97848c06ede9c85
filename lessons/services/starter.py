"""Loads the starter lessons and the links between them and the plays. Idempotent; never overwrites an edit.

A lesson is written again only when its file changed and nobody touched the lesson since it was loaded, which the audit
trail tells. Links are given from both sides of the files, by steps that name lessons and lessons that name plays, and
are united; one that somebody withdrew is not made again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.content import read_yaml
from core.models import AuditEntry, Term, Vocabulary
from core.services.record import record
from lessons.importing.mapping import FACETS
from lessons.models import Citation, CitationKind, Lesson
from lessons.services.cite import cite_lesson
from lessons.services.indexing import index_lesson
from playbook.models import PlayPage

LOAD = "lesson.load"
NOT_EDITS = (LOAD, "lesson.cite", "lesson.uncite")
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


@dataclass(slots=True)
class StarterLoad:
    """How many lessons, or links, came to which end."""

    created: int = 0
    updated: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return f"{self.created} created, {self.updated} updated, {self.kept} kept"


def load_starter_lessons(*, content_dir: Path | None = None) -> StarterLoad:
    """Brings in what is new; the vocabularies have to be loaded before."""
    terms = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    known = {lesson.code: lesson for lesson in Lesson.objects.internal().exclude(code="")}
    load = StarterLoad()
    for raw in _files((content_dir or settings.CONTENT_DIR) / "lessons"):
        lesson = known.get(raw["code"])
        if lesson is None:
            _write(Lesson(code=raw["code"]), raw, terms)
            load.created += 1
        elif lesson.content_hash != _digest(raw) and not _edited(lesson):
            _write(lesson, raw, terms)
            load.updated += 1
        else:
            load.kept += 1
    return load


@transaction.atomic
def load_starter_citations(*, content_dir: Path | None = None) -> StarterLoad:
    """Makes the links that are missing, once lessons and plays are there; unknown codes are passed over."""
    lessons = {lesson.code: lesson for lesson in Lesson.objects.internal().exclude(code="")}
    plays = dict(PlayPage.objects.exclude(code=None).values_list("code", "pk"))
    known = set(Citation.objects.values_list("lesson__code", "play__code", "step_key"))
    load = StarterLoad()
    for link in _links(content_dir or settings.CONTENT_DIR):
        lesson_code, play_code, step_key = link
        if link in known:
            load.kept += 1
        elif lesson_code in lessons and play_code in plays:
            kind = CitationKind.SOURCE if step_key else CitationKind.APPLIES
            lesson, play_id = lessons[lesson_code], plays[play_code]
            load.created += cite_lesson(lesson=lesson, play_id=play_id, step_key=step_key, kind=kind)
    return load


@transaction.atomic
def _write(lesson: Lesson, raw: Mapping[str, Any], terms: Mapping[tuple[str, str], Term]) -> None:
    for name in PLAIN:
        setattr(lesson, name, raw[name])
    for name, vocabulary in FACETS.items():
        setattr(lesson, name, terms[vocabulary, raw[name]])
    impact = raw["impact"]
    lesson.impact_days = impact["days"]
    lesson.impact_money_musd = None if impact["money_musd"] is None else Decimal(str(impact["money_musd"]))
    lesson.impact_relationship, lesson.impact_text = impact["relationship"] or "", impact["text"] or ""
    lesson.content_hash = _digest(raw)
    lesson.full_clean(exclude=["author", "owner"])
    lesson.render_texts()
    lesson.save()
    lesson.causes.set([terms[Vocabulary.CAUSE, code] for code in raw["causes"]])
    record(actor=None, action=LOAD, target=lesson)
    index_lesson(lesson)


def _digest(raw: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True, default=str).encode()).hexdigest()


def _edited(lesson: Lesson) -> bool:
    acts = AuditEntry.objects.filter(object_type=lesson._meta.label_lower, object_id=str(lesson.pk))
    return acts.exclude(action__in=NOT_EDITS).exists()


def _links(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(lesson, play, step key), the step key empty where only the lesson names the play."""
    by_step = list(_named_by_steps(_files(folder / "plays")))
    yield from by_step
    pairs = {(lesson, play) for lesson, play, _step in by_step}
    for raw in _files(folder / "lessons"):
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
        yield read_yaml(path)
