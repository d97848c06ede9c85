"""Who may do what with a lesson. Every predicate has a queryset twin, and a test proves the two equal.

Reading: the audience first, always; then what is published or archived, what is one's own, what one reviews.
Editing: stewards and facilitators, and only what they may read. Nobody gains an audience by a role. Who moves a lesson
along its way stands in lessons/rules.py.
"""

from typing import TYPE_CHECKING

from core.audiences import tokens_of
from lessons.choices import READABLE, Status
from lessons.managers import LessonQuerySet, screens, validates
from people.roles import ADMIN_ROLES

if TYPE_CHECKING:
    from lessons.models import Lesson

IN_THE_AUTHORS_HAND = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)


def may_read(reader: object, lesson: "Lesson") -> bool:
    """Twin of `readable`."""
    if lesson.audience not in tokens_of(reader):
        return False
    if lesson.status in READABLE or screens(reader) or is_own(reader, lesson):
        return True
    return lesson.status == Status.SCREENED and validates(reader)


def readable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_read`."""
    return rows.visible_to(reader)


def may_find(reader: object, lesson: "Lesson") -> bool:
    """Whether lists and the default search show it. Twin of `findable`."""
    return lesson.status == Status.PUBLISHED and lesson.audience in tokens_of(reader)


def findable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_find`."""
    return rows.visible_to(reader).published()


def may_edit(reader: object, lesson: "Lesson") -> bool:
    """Twin of `editable`. The text of an external lesson belongs to its source, its audience and status to us."""
    return screens(reader) and lesson.audience in tokens_of(reader)


def editable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_edit`."""
    return rows.visible_to(reader) if screens(reader) else rows.none()


def may_complete(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader goes on writing it: its author, until it is screened. Twin of `completable`."""
    own = lesson.author_id is not None and lesson.author_id == getattr(reader, "pk", None)
    return own and lesson.status in IN_THE_AUTHORS_HAND and lesson.audience in tokens_of(reader)


def completable(rows: LessonQuerySet, reader: object) -> LessonQuerySet:
    """Twin of `may_complete`."""
    return rows.visible_to(reader).filter(
        status__in=IN_THE_AUTHORS_HAND, author_id=getattr(reader, "pk", None) or 0
    )


def may_enter_admin(reader: object) -> bool:
    """Whether the reader may see the list of lessons in the admin."""
    roles: frozenset[str] = getattr(reader, "role_names", frozenset())
    return bool(roles & ADMIN_ROLES) and bool(tokens_of(reader))


def is_own(reader: object, lesson: "Lesson") -> bool:
    """Whether the reader wrote it or owns it."""
    pk = getattr(reader, "pk", None)
    return pk is not None and pk in (lesson.author_id, lesson.owner_id)
