"""Fills the places that a play keeps open for lessons."""

from urllib.parse import urlencode

from django.urls import reverse

from lessons.choices import Status
from lessons.models import Citation, CitationKind, Lesson
from playbook.data import LessonLink, PlayLessons
from playbook.models import PlayPage

OTHERS_SHOWN = 5


def lessons_for_play(play: PlayPage, reader: object) -> PlayLessons:
    """The lessons of a play by step and those of the play as a whole. Two queries, however many there are."""
    visible = Lesson.objects.visible_to(reader).filter(status=Status.PUBLISHED, citations__play=play)
    lessons = {lesson.pk: lesson for lesson in visible.distinct()}
    by_step: dict[str, list[LessonLink]] = {}
    others: list[LessonLink] = []
    for citation in Citation.objects.standing().filter(play=play, lesson__in=lessons).order_by("id"):
        link = _link(lessons[citation.lesson_id], citation)
        if citation.step_key:
            by_step.setdefault(citation.step_key, []).append(link)
        else:
            others.append(link)
    return PlayLessons(
        by_step={key: tuple(links) for key, links in by_step.items()},
        others=tuple(others[:OTHERS_SHOWN]),
        more_url=f"{reverse('lessons:list')}?play={play.code}" if len(others) > OTHERS_SHOWN else "",
        more_count=max(0, len(others) - OTHERS_SHOWN),
        add_url=f"{reverse('lessons:new')}?{urlencode({'play': play.code})}" if play.code else "",
    )


def _link(lesson: Lesson, citation: Citation) -> LessonLink:
    return LessonLink(
        code=lesson.code or str(lesson.pk),
        title=lesson.title,
        url=lesson.get_absolute_url(),
        note=lesson.impact_text,
        because=citation.kind == CitationKind.SOURCE,
    )
