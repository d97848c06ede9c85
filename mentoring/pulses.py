"""Which pulse is due for whom: days 14, 30, 60 and 90 of a mentorship, the newest alone. Earlier ones have passed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from mentoring.choices import OPEN_PAIRS
from mentoring.days import current_day
from mentoring.models import Mentorship, Pulse
from people.models import User

PATIENCE = 7
"""Days after which a pulse without an answer counts as unanswered."""


def due_day(pair: Mentorship, person: User, today: date | None = None) -> int | None:
    """The day whose pulse the person can answer now; None where none is due or it has been answered."""
    reached = reached_days(pair, today or current_day())
    if not reached or not pair.is_running:
        return None
    answers = Pulse.objects.visible_to(person).filter(mentorship=pair, day=reached[-1])
    return None if answers.filter(answered__isnull=False).exists() else reached[-1]


def reached_days(pair: Mentorship, today: date) -> list[int]:
    """The days of pulses that have come, in order."""
    return [day for day in pulse_days(pair) if (today - pair.counted_from).days >= day]


def pulse_days(pair: Mentorship) -> Sequence[int]:
    """As the programme says."""
    return sorted(pair.programme.pulse_days)


def unanswered(days: Sequence[int], answered: Collection[int], term_day: int) -> int:
    """How many of the newest pulses in a row went without an answer, though there was a week for each."""
    count = 0
    for day in reversed([day for day in days if term_day >= day + PATIENCE]):
        if day in answered:
            break
        count += 1
    return count


def pulses_settled(mentees: Collection[int], now: datetime, *, day: int = 30) -> frozenset[int]:
    """Of these mentees, those with a pair of which both have answered a pulse of that day or later, or let a week pass."""
    rows = Pulse.objects.filter(
        mentorship__mentee__in=mentees, mentorship__state__in=OPEN_PAIRS, day__gte=day
    )
    left = now - timedelta(days=PATIENCE)
    settled: dict[tuple[int, int], set[int]] = defaultdict(set)
    for mentee, pair, person, asked, answered in rows.values_list(
        "mentorship__mentee", "mentorship", "person", "asked", "answered"
    ):
        if answered is not None or asked <= left:
            settled[mentee, pair].add(person)
    return frozenset(mentee for (mentee, _pair), people in settled.items() if len(people) == 2)
