"""One step of a lesson on its way: the new state, the words for its author, the fact for the other rooms.

Refuses nothing by itself: each verb asks lessons/rules.py before it comes here. Call it inside a transaction with the
lesson locked by `locked`.
"""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import facts
from lessons.choices import ReviewAct, Status
from lessons.models import Lesson, LessonReview
from lessons.services.change import change
from lessons.services.snapshot import texts_of

MOST_WORDS = 2000


def move(
    lesson: Lesson,
    *,
    to: Status,
    act: ReviewAct,
    actor: AbstractBaseUser | None,
    action: str,
    note: str = "",
    fields: Mapping[str, object] | None = None,
) -> bool:
    """Moves the lesson and tells; returns whether it changed anything."""
    changed = change(lesson, actor=actor, action=action, fields={"status": to, **(fields or {})}, reason=note)
    if changed:
        author = actor.pk if actor is not None else None
        LessonReview.objects.create(lesson=lesson, act=act, by_id=author, note=note, texts=texts_of(lesson))
        facts.publish(facts.LessonMoved(lesson_id=lesson.pk, status=to.value, actor_id=author))
    return changed


def checked_words(words: str, *, missing: str = "") -> str:
    """The words somebody gave, without the blanks around them. Raises `missing` where it is given and they are empty."""
    words = words.strip()
    if missing and not words:
        raise ValidationError(missing)
    if len(words) > MOST_WORDS:
        raise ValidationError(_("Write at most %(most)s characters."), params={"most": MOST_WORDS})
    return words
