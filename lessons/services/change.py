"""The one mutation that the other services are made of: check nothing, write, record, have it indexed.

Refuses nothing by itself: each verb checks what it needs before it comes here. Call it inside a transaction with the
lesson locked by `locked`.
"""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser

from core.audiences import is_narrower
from core.services.record import record
from lessons.choices import Status
from lessons.models import Lesson
from lessons.services.indexing import index_lesson
from lessons.services.retarget_notices import retarget_notices

AUDITED_LENGTH = 200


def locked(lesson_id: int) -> Lesson:
    """The lesson, locked against other writers until the transaction ends. Raises `Lesson.DoesNotExist`."""
    return Lesson.objects.select_for_update().get(pk=lesson_id)


def change(
    lesson: Lesson,
    *,
    actor: AbstractBaseUser | None,
    action: str,
    fields: Mapping[str, object],
    reason: str = "",
) -> bool:
    """Sets `fields`; returns whether anything was different. Written, audited and indexed only then."""
    changes = {name: (getattr(lesson, name), new) for name, new in fields.items()}
    changes = {name: (old, new) for name, (old, new) in changes.items() if old != new}
    if not changes:
        return False
    for name, (_old, new) in changes.items():
        setattr(lesson, name, new)
    lesson.save(update_fields=[*changes, "updated"])
    record(actor=actor, action=action, target=lesson, changes=cut(changes), reason=reason)
    index_lesson(lesson, narrowing=is_narrowing(changes))
    if "audience" in changes:
        retarget_notices(lesson)
    return True


def is_narrowing(changes: Mapping[str, tuple[object, object]]) -> bool:
    """Whether somebody who could find the lesson before may no longer do so."""
    old_token, new_token = changes.get("audience", ("", ""))
    old_status, _new_status = changes.get("status", ("", ""))
    return is_narrower(str(new_token), str(old_token)) or old_status == Status.PUBLISHED


def cut(changes: Mapping[str, tuple[object, object]]) -> dict[str, tuple[object, object]]:
    """The changes with long texts shortened: the trail tells what was touched, it is no second store."""
    return {
        name: (str(old)[:AUDITED_LENGTH], str(new)[:AUDITED_LENGTH]) for name, (old, new) in changes.items()
    }
