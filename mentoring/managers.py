"""Querysets of mentoring, each with the one rule for who sees its rows.

A pair is seen by its two people and by whoever stands in for the mentor. Coordinators see pairs in which they have no
part through mentoring.coordinators, never through these rules. A note "only me" is seen by its author alone; a pulse by
who was asked; a request by the two it is about. Requests that were not sent yet are the mentee's alone.
"""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

from core.audiences import tokens_of
from mentoring.choices import OPEN_PAIRS, OPEN_REQUESTS, NoteFor, ProgrammeState, RequestState
from people.roles import Role

if TYPE_CHECKING:
    from mentoring import models as rows  # named in strings below

Row = TypeVar("Row", bound=models.Model, covariant=True)


def _pk(reader: object) -> int | None:
    """The reader's number; None for strangers and for accounts that were closed."""
    return getattr(reader, "pk", None) if tokens_of(reader) else None


class ProgrammeQuerySet(models.QuerySet["rows.Programme"]):
    """Programmes."""

    def visible_to(self, reader: object) -> Self:
        """All of them for those who coordinate; for everybody else the open ones that are for them."""
        held = tokens_of(reader)
        if held and Role.FACILITATOR in getattr(reader, "role_names", ()):
            return self
        return self.filter(state=ProgrammeState.OPEN, audience__in=held)


class PairQuerySet(models.QuerySet["rows.Mentorship"]):
    """Mentorships."""

    def visible_to(self, reader: object) -> Self:
        """Those the reader is part of."""
        pk = _pk(reader)
        return self.filter(Q(mentee=pk) | Q(mentor=pk) | Q(backup=pk)) if pk else self.none()

    def open(self) -> Self:
        """Those that go on."""
        return self.filter(state__in=OPEN_PAIRS)


class OfPairQuerySet(models.QuerySet[Row]):
    """What belongs to a mentorship and is for all who are part of it."""

    def visible_to(self, reader: object) -> Self:
        """Those of the reader's pairs."""
        pk = _pk(reader)
        mine = Q(mentorship__mentee=pk) | Q(mentorship__mentor=pk) | Q(mentorship__backup=pk)
        return self.filter(mine) if pk else self.none()


class AgreementQuerySet(OfPairQuerySet["rows.Agreement"]):
    """Agreements."""


class GoalQuerySet(OfPairQuerySet["rows.Goal"]):
    """Goals."""


class ClosureQuerySet(OfPairQuerySet["rows.Closure"]):
    """Looks back."""


class SessionQuerySet(OfPairQuerySet["rows.Session"]):
    """Talks."""


class NoteQuerySet(models.QuerySet["rows.Note"]):
    """Notes."""

    def visible_to(self, reader: object) -> Self:
        """The reader's own, and those for both of a pair of theirs; a stand-in reads none."""
        pk = _pk(reader)
        shared = Q(visibility=NoteFor.PAIR) & (Q(mentorship__mentee=pk) | Q(mentorship__mentor=pk))
        return self.filter(Q(author=pk) | shared) if pk else self.none()


class PulseQuerySet(models.QuerySet["rows.Pulse"]):
    """Pulses."""

    def visible_to(self, reader: object) -> Self:
        """Those the reader was asked."""
        pk = _pk(reader)
        return self.filter(person=pk) if pk else self.none()


class RequestQuerySet(models.QuerySet["rows.MatchRequest"]):
    """Requests."""

    def visible_to(self, reader: object) -> Self:
        """The mentee's own, and those that reached the reader as a mentor."""
        pk = _pk(reader)
        reached = Q(mentor=pk) & ~Q(state=RequestState.DRAFT)
        return self.filter(Q(mentee=pk) | reached) if pk else self.none()

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state__in=OPEN_REQUESTS)
