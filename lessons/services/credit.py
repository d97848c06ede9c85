"""Thanks people by name for what a lesson is made of."""

from collections.abc import Collection

from django.db import transaction

from core.services.record import record
from lessons.models import Lesson
from people.models import User


@transaction.atomic
def credit(*, lesson_id: int, person_ids: Collection[int]) -> bool:
    """Adds people who are not thanked yet; returns whether there were any.

    An author is not thanked beside their own name. One who stays unnamed is: thanks that are missing would tell who it is.
    """
    lesson = Lesson.objects.select_for_update().get(pk=lesson_id)
    named = None if lesson.unnamed else lesson.author_id
    thanked = {*lesson.credited.values_list("pk", flat=True), named}
    new = list(User.objects.filter(pk__in=person_ids).exclude(pk__in=thanked - {None}))
    if not new:
        return False
    lesson.credited.add(*new)
    names = ", ".join(str(person.pk) for person in new)
    record(actor=None, action="lesson.credit", target=lesson, changes={"credited": ("", names)})
    return True
