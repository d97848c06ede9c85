"""Completes a lesson while it is with its reviewers, or answers what they asked when it came back."""

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Term
from lessons.choices import ReviewAct, Status
from lessons.models import Lesson
from lessons.permissions import may_complete
from lessons.quality import quality_of
from lessons.services.change import locked
from lessons.services.move import move
from lessons.services.save import save_lesson
from lessons.services.snapshot import fingerprint
from lessons.services.submit import named_author
from people.models import User


@transaction.atomic
def complete_lesson(
    *,
    lesson: Lesson,
    causes: Sequence[Term],
    author: User,
    names: Collection[str] = (),
    resubmit: bool = False,
    seen: str | None = None,
) -> bool:
    """Writes the lesson with the values it carries now; returns whether anything was different.

    With `resubmit` a draft or a returned lesson goes into the worklist. `seen` is the `fingerprint` of the lesson the author
    began with. Raises `ValidationError` where the lesson is not the author's, has moved on, or was changed meanwhile.
    """
    stored = locked(lesson.pk)
    is_known = (stored.status, stored.audience) == (lesson.status, lesson.audience)
    if not (is_known and may_complete(author, stored)):
        raise ValidationError(_("This lesson has moved on. Open it again to see where it stands."))
    if seen and seen != fingerprint(stored):
        raise ValidationError(
            _("The lesson was changed meanwhile. What differs stands above the form: join both, then save.")
        )
    lesson.quality = quality_of(lesson, names=names).score
    changed = save_lesson(lesson=lesson, causes=causes, actor=named_author(lesson))
    if resubmit and lesson.status != Status.SUBMITTED:
        changed = move(
            lesson,
            to=Status.SUBMITTED,
            act=ReviewAct.SUBMITTED,
            actor=named_author(lesson),
            action="lesson.submit",
            fields={"submitted": timezone.now()},
        )
    return changed
