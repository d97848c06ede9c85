"""Asks both of each running pair when a day of a pulse has come; the worker's clock calls it. Each is asked once,
by the bell; `remind_pairs` mails it when there is a place in the week.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from mentoring.choices import OPEN_PAIRS, PairState
from mentoring.days import current_day
from mentoring.models import Mentorship, Pulse
from mentoring.pair_notices import tell_pair
from mentoring.pulses import reached_days


@transaction.atomic
def ask_pulses() -> int:
    """The number of people asked now. Two queries where nobody is to be asked."""
    today, now = current_day(), timezone.now()
    running = Mentorship.objects.filter(state__in=OPEN_PAIRS).exclude(state=PairState.PAUSED)
    pairs = {pair.pk: pair for pair in running.select_related("programme")}
    asked: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for pk, person, day in Pulse.objects.filter(mentorship__in=pairs).values_list(
        "mentorship", "person", "day"
    ):
        asked[pk].add((person, day))
    rows = [
        Pulse(mentorship=pair, person_id=person, day=days[-1], asked=now)
        for pair in pairs.values()
        if (days := reached_days(pair, today))
        for person in (pair.mentee_id, pair.mentor_id)
        if (person, days[-1]) not in asked[pair.pk]
    ]
    Pulse.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        key = f"pulse:{row.mentorship_id}:{row.day}"
        pair = pairs[row.mentorship_id]
        tell_pair(pair, "pulse_due", actor=None, key=key, people=[row.person_id], mail=False)
    return len(rows)
