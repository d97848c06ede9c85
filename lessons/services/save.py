"""Saves what an editor typed, in the admin: audited field by field and indexed in the same transaction.

Where a lesson of ours stands on its way is changed by the verbs of review only, never by saving it; the state of an
external lesson is its visibility, and is saved like the rest of it.
"""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import facts
from core.models import Term
from core.services.check_audience import check_audience
from core.services.record import record
from lessons.choices import READABLE, Status, Uptake
from lessons.models import Lesson
from lessons.services.change import cut, is_narrowing
from lessons.services.counting import COUNTS
from lessons.services.indexing import index_lesson
from lessons.services.publish import check_publishable
from lessons.services.retarget_notices import retarget_notices

WRITTEN_BY_VERBS = ("submitted", "screened", "screened_by", "published", *COUNTS)
UNTRACKED = frozenset(
    {"id", "created", "updated", "search_version", "rendered", "rendered_with", *WRITTEN_BY_VERBS}
)


@transaction.atomic
def save_lesson(*, lesson: Lesson, causes: Sequence[Term], actor: AbstractBaseUser | None) -> bool:
    """Writes the lesson with the values it carries now; returns whether anything was different."""
    check_audience(lesson.audience)
    before = Lesson.objects.select_for_update().filter(pk=lesson.pk).first()
    changes = _changes(before, lesson, causes)
    if not changes:
        return False
    _check_state(lesson, before, actor)
    publishes = lesson.status == Status.PUBLISHED and "status" in changes
    _write(lesson, new=before is None, names=[name for name in changes if name != "causes"])
    lesson.causes.set(causes)
    action = "lesson.create" if before is None else "lesson.edit"
    record(actor=actor, action=action, target=lesson, changes=cut(changes))
    index_lesson(lesson, narrowing=before is not None and is_narrowing(changes))
    if "audience" in changes:
        retarget_notices(lesson)
    if publishes:
        facts.publish(facts.LessonPublished(lesson_id=lesson.pk))
    return True


def _check_state(lesson: Lesson, before: Lesson | None, actor: AbstractBaseUser | None) -> None:
    old = Lesson() if before is None else before
    if (lesson.status, lesson.uptake) == (old.status, old.uptake):
        return
    if not lesson.is_external or lesson.uptake != Uptake.NONE or lesson.status not in READABLE:
        raise ValidationError(_("A lesson moves along its way by review, not by saving it."))
    if lesson.status == Status.PUBLISHED:
        check_publishable(lesson, actor=actor)


def _write(lesson: Lesson, *, new: bool, names: list[str]) -> None:
    rendered = lesson.render_texts() if new or set(names) & set(Lesson.markdown_fields) else ()
    if new:
        lesson.save()
    elif names:
        lesson.save(update_fields=[*names, *rendered, "updated"])


def _changes(
    before: Lesson | None, after: Lesson, causes: Sequence[Term]
) -> dict[str, tuple[object, object]]:
    fields = [field.attname for field in Lesson._meta.concrete_fields if field.name not in UNTRACKED]
    empty = Lesson() if before is None else before
    changes = {name: (getattr(empty, name), getattr(after, name)) for name in fields}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    old = set() if before is None else set(before.causes.values_list("code", flat=True))
    new = {term.code for term in causes}
    if old != new:
        changes["causes"] = (", ".join(sorted(old)), ", ".join(sorted(new)))
    return changes
