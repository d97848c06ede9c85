"""Links a lesson with a play, and takes the link away again."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from core.services.record import record
from lessons.models import Citation, CitationKind, Lesson


@transaction.atomic
def cite_lesson(
    *,
    lesson: Lesson,
    play_id: int,
    step_key: str = "",
    kind: CitationKind = CitationKind.APPLIES,
    actor: AbstractBaseUser | None = None,
) -> bool:
    """Makes the link, or restores one that was withdrawn; returns whether it changed anything."""
    citation, made = Citation.objects.get_or_create(
        lesson=lesson, play_id=play_id, step_key=step_key, defaults={"kind": kind}
    )
    if not made and citation.withdrawn is None:
        return False
    if not made:
        citation.kind, citation.withdrawn = kind, None
        citation.save(update_fields=["kind", "withdrawn"])
    _record(citation, action="lesson.cite", actor=actor)
    return True


@transaction.atomic
def uncite_lesson(
    *, lesson: Lesson, play_id: int, step_key: str = "", actor: AbstractBaseUser | None = None
) -> bool:
    """Withdraws the link; returns whether there was one."""
    citation = (
        Citation.objects.standing()
        .select_for_update()
        .filter(lesson=lesson, play_id=play_id, step_key=step_key)
        .first()
    )
    if citation is None:
        return False
    citation.withdrawn = timezone.now()
    citation.save(update_fields=["withdrawn"])
    _record(citation, action="lesson.uncite", actor=actor)
    return True


def _record(citation: Citation, *, action: str, actor: AbstractBaseUser | None) -> None:
    place = f"play {citation.play_id} step {citation.step_key or '-'}"
    old, new = ("", place) if action == "lesson.cite" else (place, "")
    record(actor=actor, action=action, target=citation.lesson, changes={"citation": (old, new)})
