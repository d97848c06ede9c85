"""Programmes as readers and reckoning see them: which are open, whom each is for, and the one of the first ninety days."""

from collections.abc import Collection

from django.db.models import QuerySet

from core.audiences import COMMUNITY, tokens_of
from mentoring.choices import ProgrammeKind, ProgrammeState
from mentoring.models import Programme
from people.models import User


def open_programmes() -> QuerySet[Programme]:
    """Those that take wishes and rounds, that of the newly appointed first."""
    rows: QuerySet[Programme] = Programme.objects.filter(state=ProgrammeState.OPEN)
    return rows.order_by("-kind", "name", "pk")


def programmes_for(reader: object) -> list[Programme]:
    """The open programmes that are for the reader. One query."""
    held = tokens_of(reader)
    return [one for one in open_programmes() if one.audience in held]


def standing_programme() -> Programme | None:
    """The programme under which requests are sent: the oldest open one for the newly appointed."""
    return open_programmes().filter(kind=ProgrammeKind.ONBOARDING).order_by("pk").first()


def people_of(programme: Programme | None, *, among: Collection[int]) -> frozenset[int] | None:
    """Those of these people whom a programme is for; None where it is for everybody. One query at most."""
    if programme is None or programme.audience == COMMUNITY:
        return None
    people = User.objects.present().filter(pk__in=among)
    needed = people.only("is_active", "is_practitioner", "business_function", "alliance_ids")
    return frozenset(one.pk for one in needed if programme.audience in tokens_of(one))
