"""What other rooms may ask of lessons. Every answer is cut to what the reader may see now."""

from collections.abc import Iterable, Mapping

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from lessons.data import LessonCard
from lessons.managers import LessonQuerySet
from lessons.models import Citation, Lesson
from lessons.origins import origin_key
from lessons.presentation import CitingPlay, citing_plays
from lessons.reading.worklist import count_waiting
from lessons.services.begin import begin_lesson
from lessons.services.credit import credit
from lessons.services.indexing import kind_of
from playbook.models import PlayPage
from search import api as search

__all__ = [
    "author_of",
    "begin_lesson",
    "citing_plays_of",
    "count_waiting",
    "credit",
    "grown_from",
    "grown_out_of",
    "lessons_by_code",
    "newest_for_home",
    "newest_of_kind",
    "origin_key",
    "similar_lessons",
]

SIMILAR = 3


def newest_for_home(reader: object, limit: int = 5) -> list[LessonCard]:
    """The newest of our own lessons; external ones never stand here. One query."""
    rows = Lesson.objects.visible_to(reader).published().internal().with_terms()
    return [_card(lesson) for lesson in rows.order_by("-recorded", "-pk")[:limit]]


def grown_from(origin: str, reader: object) -> list[LessonCard]:
    """The published lessons that grew from an origin such as `topic:12`. One query."""
    rows = Lesson.objects.visible_to(reader).published().filter(grew_from=origin).with_terms()
    return [_card(lesson) for lesson in rows.order_by("pk")]


def lessons_by_code(codes: Iterable[str], reader: object) -> dict[str, tuple[str, str]]:
    """Code to title and address of published lessons that the reader may open. One query."""
    rows = Lesson.objects.visible_to(reader).published().filter(code__in=list(codes))
    return {lesson.code or "": (lesson.title, lesson.get_absolute_url()) for lesson in rows}


def newest_of_kind(reader: object, alliance_type: str, limit: int = 3) -> list[LessonCard]:
    """The newest of our own lessons from one type of alliance, by its code. One query."""
    rows = Lesson.objects.visible_to(reader).published().internal().with_terms()
    found = rows.filter(alliance_type__code=alliance_type).order_by("-recorded", "-pk")
    return [_card(lesson) for lesson in found[:limit]]


def author_of(lesson_id: int) -> int | None:
    """The author of a lesson who gave their name; None of one without a name. For facts."""
    named = Lesson.objects.filter(pk=lesson_id, unnamed=False)
    return named.values_list("author_id", flat=True).first()


def grown_out_of(lesson_id: int) -> str:
    """The origin that a lesson names; empty where it names none. For services of the portal."""
    return Lesson.objects.filter(pk=lesson_id).values_list("grew_from", flat=True).first() or ""


def similar_lessons(lesson: Lesson, reader: object, limit: int = SIMILAR) -> list[LessonCard]:
    """Lessons like this one, ours among ours and external among external: by their words, then by their facts."""
    hits = search.related(kind_of(lesson), lesson.pk, reader, limit, same_kind=True)
    alike = [hit.object for hit in hits]
    if len(alike) < limit and not lesson.is_external:
        known = [lesson.pk, *(other.pk for other in alike)]
        alike += list(_alike_in_facts(lesson, reader).exclude(pk__in=known)[: limit - len(alike)])
    return [_card(other, reason=_shared(lesson, other)) for other in alike]


def _alike_in_facts(lesson: Lesson, reader: object) -> LessonQuerySet:
    rows = Lesson.objects.visible_to(reader).published().internal().with_terms()
    same = Q(pk__in=())
    if lesson.activity_id is not None:
        same |= Q(activity=lesson.activity_id)
    if lesson.habit_id is not None and lesson.phase_id is not None:
        same |= Q(habit=lesson.habit_id, phase=lesson.phase_id)
    nearest = Case(When(activity=lesson.activity_id, then=0), default=1)
    return rows.filter(same).order_by(nearest, "-recorded", "-pk")


def citing_plays_of(lesson: Lesson, reader: object) -> list[CitingPlay]:
    """The plays that name the lesson, with their steps, as far as the reader may see them. Two queries."""
    citations = list(Citation.objects.standing().filter(lesson=lesson))
    plays = {
        play.pk: play
        for play in PlayPage.objects.visible_to(reader).filter(pk__in={found.play_id for found in citations})
    }
    readable = [citation for citation in citations if citation.play_id in plays]
    for citation in readable:
        citation.play = plays[citation.play_id]
    return citing_plays(readable, {pk: _numbers(play) for pk, play in plays.items()})


def _numbers(play: PlayPage) -> Mapping[str, int]:
    """Read from what is stored: building the blocks of a play would look its tools up one play at a time."""
    return {str(step["value"]["key"]): number for number, step in enumerate(play.steps.raw_data, start=1)}


def _shared(lesson: Lesson, other: Lesson) -> str:
    same = other.activity_id is not None and other.activity_id == lesson.activity_id
    return _("same activity") if same else ""


def _card(lesson: Lesson, *, reason: str = "") -> LessonCard:
    return LessonCard(
        title=lesson.title,
        url=lesson.get_absolute_url(),
        impact=lesson.impact_text,
        phase_code=lesson.phase.code if lesson.phase else "",
        phase_label=lesson.phase.label if lesson.phase else "",
        outcome=lesson.get_outcome_display(),
        is_learned=lesson.is_learned,
        reason=reason,
        use_count=lesson.use_count,
        worked_count=lesson.worked_count,
    )
