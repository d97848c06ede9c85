"""Lessons as evidence of what people know: published under their name, and open to the reader."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from lessons.filters import AUTHOR
from lessons.models import Lesson
from people.data import Evidence
from people.slots import evidence


def lessons_written(person_ids: Collection[int], reader: object) -> Mapping[int, Sequence[Evidence]]:
    """One query. A lesson without its author's name is nobody's evidence."""
    rows = Lesson.objects.visible_to(reader).published().internal()
    rows = rows.filter(author__in=person_ids, unnamed=False)
    counts = rows.order_by().values_list("author").annotate(number=Count("pk", distinct=True))
    return {person: [_shown(person, number)] for person, number in counts}


def _shown(person: int, number: int) -> Evidence:
    url = f"{reverse('lessons:list')}?{AUTHOR}={person}"
    return Evidence(ngettext("lesson", "lessons", number), number, url=url, icon="lightbulb")


def register() -> None:
    """Called from `AppConfig.ready()`."""
    evidence.register("lessons", lessons_written)
