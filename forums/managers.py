"""Querysets of the forums. `visible_to` is the only way in for a page; permissions.py holds the predicate twins.

A topic carries the audience token of its board. A post is seen by who sees its topic, unless it was deleted or hidden:
those are seen by facilitators, hidden ones by their author too. Who wrote without a name is no author to these rules.
"""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import IntegerField, Q, Subquery

from core.audiences import tokens_of
from core.managers import AudienceQuerySet
from people.roles import Role

if TYPE_CHECKING:
    from forums.models import Board, Post, Topic


def keeps_order(reader: object) -> bool:
    """Whether the reader is a facilitator."""
    roles: frozenset[str] = getattr(reader, "role_names", frozenset())
    return Role.FACILITATOR in roles


class Counted(Subquery):
    """How many rows a queryset has, as a value of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class BoardQuerySet(AudienceQuerySet["Board"]):
    """Boards by audience."""


class TopicQuerySet(AudienceQuerySet["Topic"]):
    """Topics by audience and state."""

    def visible_to(self, reader: object) -> Self:
        """Of the reader's audiences; deleted and hidden ones only for facilitators."""
        rows = super().visible_to(reader)
        return rows if keeps_order(reader) else rows.filter(deleted=None, hidden=None)

    def listed(self) -> Self:
        """Those that stand in lists and in search, whoever reads."""
        return self.filter(deleted=None, hidden=None)

    def unanswered(self) -> Self:
        """Questions nobody has replied to."""
        return self.filter(kind="question", reply_count=0)

    def unsolved(self) -> Self:
        """Questions without an accepted answer."""
        return self.filter(kind="question", accepted=None)


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by their topic's audience and their own state."""

    def visible_to(self, reader: object) -> Self:
        """Posts of topics the reader may open, without those taken down; see the module's rule."""
        rows = self.filter(topic__audience__in=sorted(tokens_of(reader)))
        if keeps_order(reader):
            return rows
        own = Q(author_id=getattr(reader, "pk", None), author__isnull=False)
        return rows.filter(Q(hidden=None) | own, deleted=None, topic__deleted=None, topic__hidden=None)

    def standing(self) -> Self:
        """Neither deleted nor hidden."""
        return self.filter(deleted=None, hidden=None)
