"""Whose pair is whose: the two of it, who stands in, who coordinates. Line managers are none of these.

What each sees differs. The two see everything of theirs but the other's private notes and pulses; who stands in sees
the talks handed over, nothing else; a coordinator sees dates, health and pulses. A coordinator is a facilitator without
a part in the case: not of the pair, not standing in, above neither of them. Each predicate has a queryset twin.
"""

from django.db.models import Q, QuerySet

from core.audiences import tokens_of
from mentoring.models import Mentorship, Note, Session
from people.api import reports_below
from people.models import User
from people.roles import Role

PEOPLE = ("programme", "mentee__profile", "mentor__profile", "backup__profile")


def pairs_of(reader: object) -> QuerySet[Mentorship]:
    """The mentorships in which the reader is mentor or mentee, open and closed."""
    pk = getattr(reader, "pk", None)
    rows: QuerySet[Mentorship] = Mentorship.objects.visible_to(reader)
    return rows.filter(Q(mentee=pk) | Q(mentor=pk)).select_related(*PEOPLE)


def is_of_pair(reader: object, pair: Mentorship) -> bool:
    """The twin of `pairs_of`."""
    return bool(tokens_of(reader)) and getattr(reader, "pk", None) in (pair.mentee_id, pair.mentor_id)


def talks_of(reader: object) -> QuerySet[Session]:
    """The talks of the reader's pairs, and those handed over to them."""
    pk = getattr(reader, "pk", None)
    rows: QuerySet[Session] = Session.objects.visible_to(reader)
    mine = Q(mentorship__mentee=pk) | Q(mentorship__mentor=pk) | Q(host=pk)
    people = [f"mentorship__{name}" for name in PEOPLE]
    return rows.filter(mine).select_related(*people, "host__profile")


def notes_of(reader: object, pair: Mentorship) -> QuerySet[Note]:
    """The reader's own notes of a pair and those for both, newest first."""
    rows: QuerySet[Note] = Note.objects.visible_to(reader)
    return rows.filter(mentorship=pair).select_related("author")


def cases_of(reader: object) -> QuerySet[Mentorship]:
    """The mentorships that the reader coordinates: none for who is no facilitator. One query a level of reports."""
    rows: QuerySet[Mentorship] = Mentorship.objects.all()
    if not isinstance(reader, User) or not tokens_of(reader) or Role.FACILITATOR not in reader.role_names:
        return rows.none()
    mine = {reader.pk, *reports_below(reader.pk)}
    rows = rows.exclude(Q(mentee__in=mine) | Q(mentor__in=mine))
    return rows.exclude(backup=reader.pk, backup__isnull=False).select_related(*PEOPLE)


def phase_of(pair: Mentorship) -> str:
    """The life-cycle phase that the mentee works in, first of several; empty where none is known."""
    phases = pair.mentee.profile.phases.order_by("order", "pk")
    return phases.values_list("code", flat=True).first() or ""
