"""Reminds the two of a pair of a pulse that waits, at once and twice more, and of every fortnight without a date.

Each reminder waits for the hours of its reader and for a place in their week, goes once, and is silent once it is not true
any more. Who takes no mail of this hears the bell at once, and no place of their week is taken. A pair that stays silent
is left to its coordinator after six weeks. Safe to call at any time.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from core.audiences import COMMUNITY
from mentoring.choices import OPEN_PAIRS, PairState
from mentoring.dates import days_without_date
from mentoring.letter_slot import may_go
from mentoring.models import Mentorship, Pulse
from mentoring.pair_letters import NO_DATE, NO_DATE_TARGET, PULSE_REMINDER, PULSE_TARGET
from mentoring.pairs import PEOPLE
from mentoring.pulses import PATIENCE
from notifications.api import notify, takes_mail
from people.models import User

AGAIN_AFTER = timedelta(days=3)
REMINDERS = 2
FORTNIGHT, MOST_FORTNIGHTS = 14, 3


def remind_pairs(now: datetime) -> int:
    """How many letters went on their way."""
    return _of_pulses(now) + _of_dates(now)


def _of_pulses(now: datetime) -> int:
    waiting = Pulse.objects.filter(
        answered=None,
        asked__gt=now - timedelta(days=PATIENCE),
        asked__lte=now,
        mentorship__state__in=set(OPEN_PAIRS) - {PairState.PAUSED},
        person__is_active=True,
    )
    return sum(_of_pulse(pulse, now) for pulse in waiting.select_related("person__profile"))


@transaction.atomic
def _of_pulse(pulse: Pulse, now: datetime) -> bool:
    """The first letter only mails what the bell told of on the day; the reminders do both."""
    turn = min((now - pulse.asked) // AGAIN_AFTER, REMINDERS)
    key = f"pulse-{pulse.pk}-{turn}"
    mail = takes_mail(pulse.person, PULSE_REMINDER)
    if mail and not may_go(pulse.person, key, now):
        return False
    return _tell(pulse.person, PULSE_REMINDER, PULSE_TARGET, pulse.pk, key, bell=turn > 0, mail=mail)


def _of_dates(now: datetime) -> int:
    running = Mentorship.objects.filter(state__in=set(OPEN_PAIRS) - {PairState.PAUSED})
    pairs = list(running.select_related(*PEOPLE))
    without = days_without_date(pairs) if pairs else {}
    return sum(
        _of_pair(pair, person, without[pair.pk], now)
        for pair in pairs
        if pair.pk in without
        for person in (pair.mentee, pair.mentor)
        if person.is_active
    )


@transaction.atomic
def _of_pair(pair: Mentorship, person: User, days: int, now: datetime) -> bool:
    fortnights = days // FORTNIGHT
    key = f"pair-{pair.pk}-{_silent_since(days, now):%y%m%d}-{fortnights}"
    mail = takes_mail(person, NO_DATE)
    if fortnights > MOST_FORTNIGHTS or (mail and not may_go(person, key, now)):
        return False
    return _tell(person, NO_DATE, NO_DATE_TARGET, pair.pk, key, bell=True, mail=mail)


def _silent_since(days: int, now: datetime) -> date:
    return now.date() - timedelta(days=days)


def _tell(person: User, verb: str, kind: str, target: int, key: str, *, bell: bool, mail: bool) -> bool:
    """Whether a letter goes; a bell alone is none."""
    told = notify(
        recipients=[person.pk],
        verb=verb,
        actor_id=None,
        target_kind=kind,
        target_id=target,
        audience=COMMUNITY,
        group_key=f"{verb}:{target}",
        dedupe_key=key,
        bell=bell,
        mail=mail,
    )
    return mail and bool(told)
