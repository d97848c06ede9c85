"""Which pulse is due for whom: days 14, 30, 60 and 90 of a mentorship, the newest alone. Earlier ones have passed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

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


def pulses_settled(mentees: Mapping[int, date], now: datetime, *, day: int = 30) -> frozenset[int]:
    """Of these mentees, those with a pair of which both have answered a pulse of that day or later, or let a week pass.

    Where the pair has ended and no other goes on, nobody is left to ask, and that settles it, too. A pair that ended
    before the date that stands with its mentee is none of this.
    """
    pairs: dict[int, int] = {}
    going_on: set[int] = set()
    rows = Mentorship.objects.filter(mentee__in=mentees)
    for pair, mentee, state, ended in rows.values_list("pk", "mentee", "state", "ended"):
        if state in OPEN_PAIRS:
            going_on.add(mentee)
        elif ended is None or ended.date() < mentees[mentee]:
            continue
        pairs[pair] = mentee
    settled = {pairs[pair] for pair in _settled_pairs(pairs, now, day)}
    return frozenset(settled | (set(pairs.values()) - going_on))


def _settled_pairs(pairs: Collection[int], now: datetime, day: int) -> list[int]:
    left = now - timedelta(days=PATIENCE)
    rows = Pulse.objects.filter(mentorship__in=pairs, day__gte=day)
    done = rows.filter(Q(answered__isnull=False) | Q(asked__lte=left))
    settled: dict[int, set[int]] = defaultdict(set)
    for pair, person in done.values_list("mentorship", "person"):
        settled[pair].add(person)
    return [pair for pair, people in settled.items() if len(people) == 2]
