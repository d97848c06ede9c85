"""Imports external lessons: in batches, each atomic, idempotent by the key in the source.

A row that the import has written before and that reads the same is left alone, so a second import changes nothing. A
row that reads differently is written again, but for its status, audience and links, which are ours. One bad row never
stops the rest: where a batch fails in the database, its rows are written one by one and the failing one is rejected.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError, transaction
from django.utils import timezone

from core.models import Term
from core.services.check_audience import check_audience
from core.services.record import record
from lessons.choices import Status
from lessons.importing.mapping import FACETS, ImportMapping
from lessons.importing.reading import RawRow
from lessons.importing.report import ImportReport
from lessons.importing.rows import JudgedRow, Verdict, judge
from lessons.models import Lesson, LessonSource
from lessons.services.indexing import EXTERNAL_KIND, index_lessons

BATCH = 500
WRITTEN = (
    "title",
    "text",
    "summary",
    "context",
    "planned",
    "happened",
    "recommendation",
    "recorded",
    "source_url",
    "extra",
    "content_hash",
    "rendered",
    "rendered_with",
    "updated",
    *FACETS,
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What stays the same for all rows of an import."""

    mapping: ImportMapping
    source: LessonSource
    terms: dict[tuple[str, str], Term]
    dry_run: bool


def import_lessons(
    rows: Iterable[RawRow],
    *,
    mapping: ImportMapping,
    report: ImportReport,
    dry_run: bool = False,
    limit: int | None = None,
    progress: Callable[[int], None] = lambda _rows: None,
) -> ImportReport:
    """Imports `rows` and returns the report; with `dry_run` everything but the writing is done."""
    check_audience(mapping.audience)
    run = _Run(mapping=mapping, source=_source(mapping, dry_run), terms=_terms(), dry_run=dry_run)
    for batch in _batches(_judged(islice(rows, limit), run)):
        _take(batch, run, report)
        progress(report.rows)
    return report


def _judged(rows: Iterable[RawRow], run: _Run) -> Iterator[JudgedRow]:
    codes = {
        name: frozenset(code for known, code in run.terms if known == vocabulary)
        for name, vocabulary in FACETS.items()
    }
    first_seen: dict[str, int] = {}
    for raw in rows:
        row = judge(raw, run.mapping, codes)
        if row.key and not row.faults:
            first = first_seen.setdefault(row.key, row.number)
            if first != row.number:
                row.faults.append(f"The key {row.key} was already used in row {first}.")
        yield row


def _batches(rows: Iterator[JudgedRow]) -> Iterator[list[JudgedRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _take(batch: list[JudgedRow], run: _Run, report: ImportReport) -> None:
    good = [row for row in batch if row.verdict != Verdict.REJECTED]
    try:
        changes = _write(good, run)
    except DatabaseError:
        changes = {}
        for row in good:
            changes |= _write_alone(row, run)
    for row in batch:
        report.add(row, change=changes.get(row.key, "") if not row.faults else "")


def _write_alone(row: JudgedRow, run: _Run) -> dict[str, str]:
    try:
        return _write([row], run)
    except DatabaseError as error:
        row.faults.append(f"The database refused the row: {type(error).__name__}.")
        return {}


@transaction.atomic
def _write(rows: Sequence[JudgedRow], run: _Run) -> dict[str, str]:
    """Writes rows and returns what happened by key."""
    known = _known(rows, run)
    new = [_filled(Lesson(), row, run) for row in rows if row.key not in known]
    changed = [
        _filled(known[row.key], row, run)
        for row in rows
        if row.key in known and known[row.key].content_hash != row.content_hash
    ]
    outcome = {row.key: "unchanged" for row in rows}
    outcome |= {lesson.external_key: "created" for lesson in new}
    outcome |= {lesson.external_key: "updated" for lesson in changed}
    if (new or changed) and not run.dry_run:
        Lesson.objects.bulk_create(new, batch_size=BATCH)
        Lesson.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)
        counts = {"created": (0, len(new)), "updated": (0, len(changed))}
        record(actor=None, action="lesson.import", target=run.source, changes=counts)
        index_lessons([lesson.pk for lesson in (*new, *changed)], kind=EXTERNAL_KIND)
    return outcome


def _known(rows: Sequence[JudgedRow], run: _Run) -> dict[str, Lesson]:
    if run.source.pk is None:
        return {}
    keys = [row.key for row in rows]
    found = Lesson.objects.filter(source=run.source, external_key__in=keys)
    return {lesson.external_key: lesson for lesson in found}


def _filled(lesson: Lesson, row: JudgedRow, run: _Run) -> Lesson:
    if lesson.pk is None:
        lesson.is_external, lesson.source, lesson.external_key = True, run.source, row.key
        lesson.status, lesson.audience = Status.PUBLISHED, run.mapping.audience
    lesson.title, lesson.recorded = row.title, row.recorded or lesson.recorded
    lesson.source_url, lesson.extra = row.url, dict(row.extra)
    for target in run.mapping.texts:
        setattr(lesson, target, row.texts.get(target, ""))
    for name, vocabulary in FACETS.items():
        setattr(lesson, name, run.terms.get((vocabulary, row.terms.get(name, ""))))
    lesson.render_texts()
    lesson.content_hash, lesson.updated = row.content_hash, timezone.now()
    return lesson


def _source(mapping: ImportMapping, dry_run: bool) -> LessonSource:
    values = {
        "name": mapping.source_name,
        "address": mapping.source_address,
        "rights": mapping.source_rights,
    }
    if dry_run:
        known = LessonSource.objects.filter(code=mapping.source_code).first()
        return known or LessonSource(code=mapping.source_code, **values)
    return LessonSource.objects.update_or_create(code=mapping.source_code, defaults=values)[0]


def _terms() -> dict[tuple[str, str], Term]:
    return {
        (term.vocabulary, term.code): term for term in Term.objects.filter(vocabulary__in=FACETS.values())
    }
