"""How far pairs came, in numbers and days, for letters of rooms above; no word of either, no pulse and no note."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from mentoring.choices import Ending, GoalOutcome, SessionState
from mentoring.data import PairFigures
from mentoring.models import Mentorship, Session

HELD = Q(sessions__state=SessionState.HELD)
REACHED = Q(goals__outcome=GoalOutcome.REACHED) | Q(goals__outcome="", goals__progress=100)
"""As one of the two said at the end; before anybody did, what stands at the whole."""


def figures_of(mentees: Collection[int]) -> list[PairFigures]:
    """All pairs of these mentees, open and closed, the newest first. One query."""
    rows = Mentorship.objects.filter(mentee__in=mentees).annotate(
        talks=Count("sessions", filter=HELD, distinct=True),
        goals_set=Count("goals", distinct=True),
        goals_reached=Count("goals", filter=REACHED, distinct=True),
    )
    columns = ("mentee_id", "mentor_id", "began", "due_end", "ended", "talks", "goals_set", "goals_reached")
    return [
        PairFigures(url=reverse("mentoring:pair", args=[row.pop("pk")]), **row)
        for row in rows.order_by("-pk").values("pk", *columns)
    ]


def next_talk_of(mentee_id: int, now: datetime) -> tuple[str, datetime] | None:
    """With whom and when the next booked talk of a mentee is. One query."""
    rows = Session.objects.filter(mentorship__mentee=mentee_id, state=SessionState.BOOKED, start__gte=now)
    return rows.order_by("start").values_list("mentorship__mentor__name", "start").first()


def rests_with(mentee_id: int) -> str:
    """The name of the mentor whose pair with a mentee is paused; empty where none is. One query."""
    rows = Mentorship.objects.open().filter(mentee=mentee_id, paused_on__isnull=False)
    return rows.values_list("mentor__name", flat=True).first() or ""


def released_by(mentee_id: int) -> str:
    """Whose place a mentee's silence freed, where that was how their newest pair ended; else empty. One query."""
    newest = Mentorship.objects.filter(mentee=mentee_id).order_by("-pk")
    name, ending = newest.values_list("mentor__name", "ending").first() or ("", "")
    return name if ending == Ending.NO_FAULT else ""
