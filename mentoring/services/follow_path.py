"""What becomes of a mentee's pairs when their path of the first ninety days rests, goes on or falls asleep.

A leave rests the pair as well, so that neither is asked for a pulse or a date meanwhile. A path that fell asleep frees the
place of a mentor who has not met its person for as long either; nobody is at fault, and the two may be proposed again.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mentoring.choices import Ending, PairState, SessionState
from mentoring.models import Mentorship, Session
from mentoring.pairs import PEOPLE
from mentoring.services.close_pair import end_pair
from mentoring.services.pause_pair import pause_pair, resume_pair
from people.models import User

A_DAY = timedelta(days=1)


@transaction.atomic
def rest_for(*, mentee: User) -> int:
    """Pauses the pairs of a mentee who goes on leave; how many. A pair that rests already stays as it is."""
    running = [pair for pair in _pairs(mentee.pk) if pair.state != PairState.PAUSED]
    return sum(pause_pair(actor=mentee, mentorship_id=pair.pk) for pair in running)


@transaction.atomic
def go_on_for(*, mentee: User, since: date) -> int:
    """Goes on with the pairs that rest since the leave began; how many. Clocks may differ by a day."""
    resting = [pair for pair in _pairs(mentee.pk) if pair.paused_on is not None]
    with_path = [pair for pair in resting if pair.paused_on and abs(pair.paused_on - since) <= A_DAY]
    return sum(resume_pair(actor=mentee, mentorship_id=pair.pk) for pair in with_path)


@transaction.atomic
def release_silent(*, mentee_id: int, since: date) -> int:
    """Ends the pairs that run and had no talk after a day, nor have one ahead; how many. Both are told."""
    pairs = [pair for pair in _pairs(mentee_id) if pair.is_running and pair.began <= since]
    met = _met(pairs, since)
    silent = [pair for pair in pairs if pair.pk not in met]
    for pair in silent:
        end_pair(pair, actor=None, ending=Ending.NO_FAULT)
    return len(silent)


def _pairs(mentee_id: int) -> list[Mentorship]:
    rows = Mentorship.objects.open().filter(mentee=mentee_id).select_for_update(of=("self",))
    return list(rows.select_related(*PEOPLE).order_by("pk"))


def _met(pairs: Iterable[Mentorship], since: date) -> set[int]:
    talks = Session.objects.filter(mentorship__in=pairs)
    held = talks.filter(state=SessionState.HELD, start__date__gt=since)
    ahead = talks.filter(state__in=(SessionState.PROPOSED, SessionState.BOOKED), start__gte=timezone.now())
    return set(held.values_list("mentorship", flat=True)) | set(ahead.values_list("mentorship", flat=True))
