"""Submits a lesson: it gets its code, stands in the worklist of those who screen, and its author can complete it.

An author who chose to stay unnamed is known to the row alone: audit trail, reviews and facts do not name them.
"""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audiences import tokens_of
from core.services.check_audience import check_audience
from lessons.choices import Likeness, ReviewAct, Status
from lessons.models import CitationKind, Lesson, LikenessAnswer
from lessons.origins import origin_of
from lessons.quality import quality_of
from lessons.services.cite import cite_lesson
from lessons.services.give_code import save_with_code
from lessons.services.move import move
from people.models import User
from playbook.models import PlayPage


@transaction.atomic
def submit_lesson(
    *,
    lesson: Lesson,
    author: User,
    names: Collection[str] = (),
    likenesses: Mapping[int, Likeness] | None = None,
    play_code: str = "",
) -> Lesson:
    """Saves a new lesson as submitted and returns it. Raises `ValidationError` for an audience the author is not in.

    `names` are what the name guard found and the author did not call harmless; `likenesses` is what they said of lessons
    that look like it; `play_code` names the play they came from.
    """
    check_audience(lesson.audience)
    if lesson.audience not in tokens_of(author):
        raise ValidationError(
            _("You do not belong to this audience, so you could not open the lesson again.")
        )
    lesson.author, lesson.status = author, Status.DRAFT
    if origin_of(lesson.grew_from, author) is None:  # the form carries it, so anything may stand there
        lesson.grew_from = ""
    lesson.quality = quality_of(lesson, names=names).score
    lesson.render_texts()
    save_with_code(lesson)
    move(
        lesson,
        to=Status.SUBMITTED,
        act=ReviewAct.SUBMITTED,
        actor=named_author(lesson),
        action="lesson.submit",
        fields={"submitted": timezone.now()},
    )
    _store_likenesses(lesson, author, likenesses or {})
    _cite(lesson, author, play_code)
    return lesson


def named_author(lesson: Lesson) -> User | None:
    """Who stands in the audit trail for an act of the author: nobody, where they chose to stay unnamed."""
    return None if lesson.unnamed else lesson.author


def _store_likenesses(lesson: Lesson, author: User, likenesses: Mapping[int, Likeness]) -> None:
    """Answers about lessons that the author can see; others are dropped."""
    visible = Lesson.objects.visible_to(author).published().internal().filter(pk__in=likenesses)
    LikenessAnswer.objects.bulk_create(
        LikenessAnswer(lesson=lesson, other_id=pk, answer=likenesses[pk], person=author)
        for pk in visible.values_list("pk", flat=True)
    )


def _cite(lesson: Lesson, author: User, play_code: str) -> None:
    play = PlayPage.objects.live().visible_to(author).filter(code=play_code).first() if play_code else None
    if play is not None:
        cite_lesson(lesson=lesson, play_id=play.pk, kind=CitationKind.APPLIES, actor=named_author(lesson))
