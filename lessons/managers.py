"""Querysets of lessons. `visible_to` is the only way in for a page; it is the twin of `permissions.may_read`."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.audiences import PRACTITIONERS, tokens_of
from core.managers import AudienceQuerySet
from lessons.choices import READABLE, RouteState, Status
from people.roles import Role

if TYPE_CHECKING:
    from lessons.models import Citation, Lesson, LessonRoute

SCREENING_ROLES = frozenset({Role.STEWARD, Role.FACILITATOR})


def screens(reader: object) -> bool:
    """Whether the reader works on lessons that are not published yet."""
    roles: frozenset[str] = getattr(reader, "role_names", frozenset())
    return bool(roles & SCREENING_ROLES)


def validates(reader: object) -> bool:
    """Whether the reader is a peer who may validate what was screened."""
    return screens(reader) or PRACTITIONERS in tokens_of(reader)


class LessonQuerySet(AudienceQuerySet["Lesson"]):
    """Lessons by what they are and by who may read them."""

    def visible_to(self, reader: object) -> Self:
        """What the reader may open: their audiences, and of unpublished ones only their own or those they review."""
        rows = super().visible_to(reader)
        if screens(reader):
            return rows
        pk = getattr(reader, "pk", None)
        seen = Q(status__in=READABLE) | (Q(author_id=pk) | Q(owner_id=pk) if pk is not None else Q())
        return rows.filter(seen | Q(status=Status.SCREENED) if validates(reader) else seen)

    def published(self) -> Self:
        """Those that stand in lists and in the default search."""
        return self.filter(status=Status.PUBLISHED)

    def internal(self) -> Self:
        """Our own."""
        return self.filter(is_external=False)

    def external(self) -> Self:
        """Imported from somewhere else."""
        return self.filter(is_external=True)

    def with_terms(self) -> Self:
        """With the terms that one line of facts shows."""
        return self.select_related("phase", "alliance_type", "partner_type", "activity", "source")

    def with_people(self) -> Self:
        """With those the rules ask about: the author with their division, and who is thanked."""
        return self.select_related("author__profile").prefetch_related("credited")


class CitationQuerySet(models.QuerySet["Citation"]):
    """Links between lessons and plays."""

    def standing(self) -> Self:
        """Without those that were withdrawn."""
        return self.filter(withdrawn=None)


class RouteQuerySet(models.QuerySet["LessonRoute"]):
    """Lessons that were sent to the owners of plays."""

    def waiting(self) -> Self:
        """Those an owner has not answered."""
        return self.filter(state=RouteState.OPEN)

    def with_all(self) -> Self:
        """With lesson, play and its owner, as a row shows them."""
        return self.select_related("lesson__phase", "play__play_owner")
