"""Who may move a lesson along its way. Every predicate has a queryset twin, and a test proves the two equal.

Audience first, always. Nobody decides about a lesson of their own, whether they wrote it, own it, or are thanked in it.
Stewards and facilitators screen; practitioners validate too, but not who screened it, and nobody of the author's
division where both divisions are known. Rows for predicates are read `with_people`, so that asking costs no query.
"""

from typing import TYPE_CHECKING

from core.audiences import tokens_of
from lessons.choices import READABLE, Status
from lessons.managers import LessonQuerySet, screens, validates

if TYPE_CHECKING:
    from lessons.models import Lesson


def is_apart(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader has no part in the lesson. Twin of `apart`."""
    pk = getattr(reader, "pk", None)
    if pk is None or pk in (lesson.author_id, lesson.owner_id):
        return False
    return all(person.pk != pk for person in lesson.credited.all())


def apart(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `is_apart`."""
    pk = getattr(reader, "pk", None)
    if pk is None:
        return rows.none()
    return rows.exclude(author_id=pk).exclude(owner_id=pk).exclude(credited=pk)


def division_of(person: object) -> str:
    """Where somebody works; empty where that is not known."""
    return str(getattr(getattr(person, "profile", None), "division", ""))


def is_neighbour(reader: object, lesson: "Lesson") -> bool:
    """Whether the author is known to be of the reader's division."""
    division = division_of(reader)
    return bool(division) and division == division_of(lesson.author)


def may_screen(reader: object, lesson: "Lesson") -> bool:
    """Twin of `screenable`."""
    waits = lesson.status == Status.SUBMITTED and _is_ours_and_open(reader, lesson)
    return waits and screens(reader) and is_apart(reader, lesson)


def screenable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_screen`."""
    if not screens(reader):
        return rows.none()
    return apart(_ours_and_open(rows, reader).filter(status=Status.SUBMITTED), reader)


def may_validate(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader is the second pair of eyes. Twin of `validatable`."""
    waits = lesson.status == Status.SCREENED and _is_ours_and_open(reader, lesson)
    if not (waits and validates(reader) and is_apart(reader, lesson)):
        return False
    return lesson.screened_by_id != getattr(reader, "pk", None) and not is_neighbour(reader, lesson)


def validatable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_validate`."""
    if not validates(reader):
        return rows.none()
    waiting = _ours_and_open(rows, reader).filter(status=Status.SCREENED)
    waiting = apart(waiting, reader).exclude(screened_by_id=getattr(reader, "pk", None))
    division = division_of(reader)
    return waiting.exclude(author__profile__division=division) if division else waiting


def may_return(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader may give it back to its author, with a reason. Twin of `returnable`."""
    if lesson.status == Status.SUBMITTED:
        reviews = screens(reader)
    else:
        reviews = lesson.status == Status.SCREENED and validates(reader)
    return reviews and _is_ours_and_open(reader, lesson) and is_apart(reader, lesson)


def returnable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_return`."""
    states = [Status.SUBMITTED] * screens(reader) + [Status.SCREENED] * validates(reader)
    return apart(_ours_and_open(rows, reader).filter(status__in=states), reader)


def may_review(reader: object, lesson: "Lesson") -> bool:
    """Whether any act of review is open to the reader; who validates may also return. Twin of `reviewable`."""
    return may_screen(reader, lesson) or may_return(reader, lesson)


def reviewable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_review`."""
    return returnable(rows, reader)


def may_reopen(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader may send a published or archived one through review again. Twin of `reopenable`."""
    return lesson.status in READABLE and screens(reader) and _is_ours_and_open(reader, lesson)


def reopenable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_reopen`."""
    return _ours_and_open(rows, reader).filter(status__in=READABLE) if screens(reader) else rows.none()


def may_archive(reader: object, lesson: "Lesson") -> bool:
    """Twin of `archivable`; external lessons are archived like ours."""
    return lesson.status == Status.PUBLISHED and screens(reader) and lesson.audience in tokens_of(reader)


def archivable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_archive`."""
    return rows.visible_to(reader).published() if screens(reader) else rows.none()


def may_route(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader may send it to the owner of a play. Twin of `routable`."""
    return lesson.status == Status.PUBLISHED and screens(reader) and _is_ours_and_open(reader, lesson)


def routable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_route`."""
    return _ours_and_open(rows, reader).published() if screens(reader) else rows.none()


def may_respond(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader may tell of a use, of the same event, or vote: nobody does of their own. Twin of `respondable`."""
    published = lesson.status == Status.PUBLISHED and _is_ours_and_open(reader, lesson)
    return published and is_apart(reader, lesson)


def respondable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_respond`."""
    return apart(_ours_and_open(rows, reader).published(), reader)


def _is_ours_and_open(reader: object, lesson: "Lesson") -> bool:
    return not lesson.is_external and lesson.audience in tokens_of(reader)


def _ours_and_open(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    return rows.internal().filter(audience__in=sorted(tokens_of(reader)))
