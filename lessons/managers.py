"""Querysets of lessons. `visible_to` is the only way in for a page; it is the twin of `permissions.may_read`."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.managers import AudienceQuerySet
from lessons.choices import READABLE, Status, Uptake
from people.roles import Role

if TYPE_CHECKING:
    from lessons.models import Citation, Lesson

SCREENING_ROLES = frozenset({Role.STEWARD, Role.FACILITATOR})


def screens(reader: object) -> bool:
    """Whether the reader works on lessons that are not published yet."""
    roles: frozenset[str] = getattr(reader, "role_names", frozenset())
    return bool(roles & SCREENING_ROLES)


class LessonQuerySet(AudienceQuerySet["Lesson"]):
    """Lessons by what they are and by who may read them."""

    def visible_to(self, reader: object) -> Self:
        """What the reader may open: their audiences, and of unpublished ones only their own or those they screen."""
        rows = super().visible_to(reader)
        if screens(reader):
            return rows
        pk = getattr(reader, "pk", None)
        own = Q(author_id=pk) | Q(owner_id=pk) if pk is not None else Q(status__in=READABLE)
        return rows.filter(Q(status__in=READABLE) | own)

    def published(self) -> Self:
        """Those that stand in lists and in the default search."""
        return self.filter(status=Status.PUBLISHED)

    def internal(self) -> Self:
        """Our own."""
        return self.filter(is_external=False)

    def external(self) -> Self:
        """Imported from somewhere else."""
        return self.filter(is_external=True)

    def observation(self) -> Self:
        """Not validated by a peer yet."""
        return self.exclude(status__in=READABLE)

    def identified(self) -> Self:
        """Validated, and the change it asks for is not yet proven."""
        return self.filter(status__in=READABLE).exclude(uptake=Uptake.CHECKED)

    def learned(self) -> Self:
        """Embedded in practice and its effect checked."""
        return self.filter(status__in=READABLE, uptake=Uptake.CHECKED)

    def with_terms(self) -> Self:
        """With the terms that one line of facts shows."""
        return self.select_related("phase", "alliance_type", "partner_type", "activity", "source")


class CitationQuerySet(models.QuerySet["Citation"]):
    """Links between lessons and plays."""

    def standing(self) -> Self:
        """Without those that were withdrawn."""
        return self.filter(withdrawn=None)
