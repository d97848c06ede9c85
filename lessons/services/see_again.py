"""Records that the same event happened in another alliance: once a person and lesson."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from core.services.record import record
from lessons.models import SeenAgain
from lessons.services.change import locked
from lessons.services.counting import settle_counts
from lessons.services.use import ANYWHERE, Circumstances, check_may_respond


@transaction.atomic
def see_again(*, lesson_id: int, person: AbstractBaseUser, where: Circumstances = ANYWHERE) -> bool:
    """Returns whether the person had not said so before; raises `ValidationError` as `use_lesson` does."""
    lesson = locked(lesson_id)
    check_may_respond(lesson, person)
    _seen, made = SeenAgain.objects.get_or_create(
        lesson=lesson,
        person_id=person.pk,
        defaults={
            "alliance_type": where.alliance_type,
            "phase": where.phase,
            "note": where.note.strip(),
        },
    )
    if made:
        record(actor=person, action="lesson.seen_again", target=lesson)
        settle_counts(lesson)
    return made
