"""What search knows of lessons: two kinds, ours and external, and the facets only lessons have.

Only published lessons belong into the index. The facets of plays (phase, component and the like) are registered by the
playbook; here are those that lessons add.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, time
from typing import cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import Vocabulary
from core.term_labels import TermLabels
from lessons.choices import Outcome
from lessons.importing.mapping import FACETS
from lessons.managers import LessonQuerySet
from lessons.models import Lesson, LessonSource
from lessons.permissions import findable
from lessons.services.indexing import EXTERNAL_KIND, LESSON_KIND, kind_of
from search.documents import Document, DocumentSpec, Facet, facets, specs

SHARED = ("phase", "component", "activity", "habit", "role_area")
FIRST_YEAR = 1950
# Hits and cards show none of these; the long texts stay in the database.
NOT_IN_HITS = (
    "context",
    "planned",
    "happened",
    "text",
    "whys",
    "recommendation",
    "impact_relationship",
    "evidence",
    "proposed_change",
    "rendered",
)
OWN = ("alliance_type", "partner_type", "outcome", "risk_kind", "cause", "year")


def lesson_document(lesson: Lesson) -> Document:
    """A lesson with all its words; found by its code too."""
    return Document(
        kind=kind_of(lesson),
        object_id=lesson.pk,
        version=lesson.search_version,
        title=lesson.title,
        text="\n\n".join(part for part in _words(lesson) if part),
        audience=lesson.audience,
        date=datetime.combine(lesson.recorded, time(), tzinfo=UTC),
        facets={name: codes for name, codes in _facets(lesson) if codes},
        reuse=lesson.worked_count + lesson.adapted_count,
        helpful=lesson.helpful_count,
        in_everything=not lesson.is_external,
    )


def _words(lesson: Lesson) -> Iterable[str]:
    yield from (lesson.summary, lesson.plain("recommendation"), lesson.text)
    yield from (lesson.plain(name) for name in ("context", "planned", "happened"))
    yield from (*lesson.whys, lesson.impact_text, lesson.plain("impact_relationship"))
    yield from (lesson.plain("evidence"), lesson.proposed_change, lesson.code)
    yield from (str(value) for value in lesson.extra.values())


def _facets(lesson: Lesson) -> Iterable[tuple[str, tuple[str, ...]]]:
    for name in FACETS:
        term = getattr(lesson, name)
        yield name, (term.code,) if term else ()
    yield "outcome", (lesson.outcome,) if lesson.outcome else ()
    yield "cause", tuple(term.code for term in lesson.causes.all())
    yield "year", (str(lesson.recorded.year),)
    yield "source", (lesson.source.code,) if lesson.source else ()


def _in_index(rows: QuerySet[Lesson]) -> QuerySet[Lesson]:
    # Terms are few: fetched once for all rows, not made again for every row as a join would.
    return rows.prefetch_related(*FACETS, "source", "causes")


def _ours() -> QuerySet[Lesson]:
    return _in_index(Lesson.objects.published().internal())


def _external() -> QuerySet[Lesson]:
    return _in_index(Lesson.objects.published().external())


def _visible(rows: QuerySet[Lesson], reader: object) -> QuerySet[Lesson]:
    return findable(cast(LessonQuerySet, rows), reader)


def _for_hits(rows: QuerySet[Lesson]) -> QuerySet[Lesson]:
    return rows.select_related("phase", "alliance_type", "activity", "source").defer(*NOT_IN_HITS)


def _outcomes() -> Mapping[str, str]:
    return {str(code): str(label) for code, label in Outcome.choices}


def _years() -> Mapping[str, str]:
    """Newest first, without asking the database: its lessons may be many, and years are no secret."""
    return {str(year): str(year) for year in range(timezone.now().year + 1, FIRST_YEAR - 1, -1)}


def _sources() -> Mapping[str, str]:
    return dict(LessonSource.objects.values_list("code", "name"))


def register() -> None:
    """Registers both kinds and the facets; called once from `AppConfig.ready()`."""
    own: dict[str, tuple[str | Promise, Callable[[], Mapping[str, str]]]] = {
        "alliance_type": (_("Alliance type"), TermLabels(Vocabulary.ALLIANCE_TYPE)),
        "partner_type": (_("Partner type"), TermLabels(Vocabulary.PARTNER_TYPE)),
        "outcome": (_("Outcome"), _outcomes),
        "risk_kind": (_("Risk"), TermLabels(Vocabulary.RISK_KIND)),
        "cause": (_("Cause"), TermLabels(Vocabulary.CAUSE)),
        "year": (_("Year"), _years),
        "source": (_("Source"), _sources),
    }
    for name, (label, labels) in own.items():
        facets.register(name, Facet(name=name, label=label, labels=labels))
    _register_kind(LESSON_KIND, _("Lesson"), _("Lessons"), "lightbulb", (*SHARED, *OWN))
    _register_kind(
        EXTERNAL_KIND, _("External lesson"), _("External lessons"), "file-text", ("source", "year")
    )


def _register_kind(
    kind: str, label: str | Promise, plural: str | Promise, icon: str, names: tuple[str, ...]
) -> None:
    spec = DocumentSpec(
        kind=kind,
        label=label,
        label_plural=plural,
        icon=icon,
        model=Lesson,
        queryset=_ours if kind == LESSON_KIND else _external,
        to_document=lesson_document,
        visible_to=_visible,
        for_hits=_for_hits,
        hit_template=f"lessons/hit_{kind}.html",
        facets=names,
        in_everything=kind == LESSON_KIND,
    )
    specs.register(kind, spec)
