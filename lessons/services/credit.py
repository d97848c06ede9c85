"""Thanks people by name for what a lesson is made of."""

from collections.abc import Collection

from django.db import transaction

from core.services.record import record
from lessons.models import Lesson
from people.models import User


@transaction.atomic
def credit(*, lesson_id: int, person_ids: Collection[int]) -> bool:
    """Adds people who are not thanked yet; returns whether there were any. The author is not thanked beside themselves."""
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
    thanked = set(lesson.credited.values_list("pk", flat=True)) | {lesson.author_id}
    new = list(User.objects.filter(pk__in=person_ids).exclude(pk__in=thanked - {None}))
    if not new:
        return False
    lesson.credited.add(*new)
    names = ", ".join(str(person.pk) for person in new)
    record(actor=None, action="lesson.credit", target=lesson, changes={"credited": ("", names)})
    return True
