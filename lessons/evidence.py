"""Lessons as evidence of what people know: published under their name, and open to the reader."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count
from django.utils.translation import ngettext

from lessons.models import Lesson
from people.data import Evidence
from people.slots import evidence


def lessons_written(person_ids: Collection[int], reader: object) -> Mapping[int, Sequence[Evidence]]:
    """One query. A lesson without its author's name is nobody's evidence."""
    rows = Lesson.objects.visible_to(reader).published().filter(author__in=person_ids, unnamed=False)
    counts = rows.order_by().values_list("author").annotate(number=Count("pk", distinct=True))
    return {
        person: [Evidence(ngettext("lesson", "lessons", number), number, icon="lightbulb")]
        for person, number in counts
    }


def register() -> None:
    """Called from `AppConfig.ready()`."""
    evidence.register("lessons", lessons_written)
