"""Writes down each day how every open pair is doing, with the reasons; the worker's clock calls it.

A constant number of queries for all pairs of a batch. Coordinators are told when a pair turns red, once for each turn.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from mentoring.choices import OPEN_PAIRS, SessionState
from mentoring.days import current_day
from mentoring.health import Answer, Health, Level, PairFacts, health_of
from mentoring.health_words import as_json
from mentoring.models import Agreement, HealthSnapshot, Mentorship, Pulse, Session
from mentoring.pair_notices import tell_coordinators
from mentoring.pulses import unanswered

BATCH = 200


def take_snapshots() -> int:
    """Looks at the open pairs that have not been looked at today; how many."""
    today = current_day()
    looked_at = HealthSnapshot.objects.filter(on=today).values("mentorship")
    waiting = Mentorship.objects.filter(state__in=OPEN_PAIRS).exclude(pk__in=looked_at)
    pairs = list(waiting.select_related("programme").order_by("pk")[:BATCH])
    return len(_look_at(pairs, today)) if pairs else 0


def take_snapshot_of(pair: Mentorship) -> None:
    """Looks at one pair now, since something was said that cannot wait for tomorrow."""
    _look_at([pair], current_day())


@transaction.atomic
def _look_at(pairs: Sequence[Mentorship], today: date) -> list[HealthSnapshot]:
    before = _newest(pairs)
    made = []
    for pair, facts in zip(pairs, facts_of(pairs, today), strict=True):
        health, last = health_of(facts), before.get(pair.pk)
        worse = health.level is Level.RED and (last is None or last.level != Level.RED)
        snapshot, _new = HealthSnapshot.objects.update_or_create(
            mentorship=pair, on=today, defaults=_values(health, None if worse else last, today)
        )
        made.append(snapshot)
        if worse:
            tell_coordinators(pair, snapshot)
    return made


def _values(health: Health, last: HealthSnapshot | None, today: date) -> dict[str, Any]:
    """What a snapshot holds; a pair set aside stays so until its day, unless it turns red meanwhile."""
    values: dict[str, Any] = {"level": health.level.value, "reasons": as_json(health.reasons)}
    aside = last is not None and last.snoozed_until is not None and last.snoozed_until > today
    for name in ("snoozed_until", "snooze_note", "snoozed_by"):
        values[name] = getattr(last, name) if aside else ("" if name == "snooze_note" else None)
    return values


def facts_of(pairs: Sequence[Mentorship], today: date) -> list[PairFacts]:
    """What the rules look at, for many pairs in three queries."""
    talks: dict[int, list[Session]] = defaultdict(list)
    for talk in Session.objects.filter(mentorship__in=pairs).order_by("start"):
        talks[talk.mentorship_id].append(talk)
    pulses: dict[int, list[Pulse]] = defaultdict(list)
    for pulse in Pulse.objects.filter(mentorship__in=pairs).order_by("day"):
        pulses[pulse.mentorship_id].append(pulse)
    signed = _signed(pairs)
    return [
        _facts(pair, talks[pair.pk], pulses[pair.pk], signed=pair.pk in signed, today=today) for pair in pairs
    ]


def _facts(
    pair: Mentorship, talks: Sequence[Session], pulses: Sequence[Pulse], *, signed: bool, today: date
) -> PairFacts:
    held = [pair.counted(talk.start.date()) for talk in talks if talk.state == SessionState.HELD]
    dates = [pair.counted(talk.start.date()) for talk in talks if talk.state in DATED]
    ahead = [day for day in dates if day >= today]
    answers = [pulse for pulse in pulses if pulse.answered is not None]
    newest = {pulse.person_id: Answer(pulse.fit, pulse.value) for pulse in answers}
    return PairFacts(
        today=today,
        began=pair.counted_from,
        running=pair.is_running,
        last_held=max(held, default=None),
        last_booked=max((day for day in [*dates, *_resumed(pair)] if day < today), default=None),
        next_talk=min(ahead, default=None),
        missed=_missed_in_a_row([talk for talk in talks if not pair.rested(talk.start.date())]),
        signed=signed,
        answers=tuple(newest.values()),
        unanswered=_most_unanswered(pair, pulses, today),
    )


DATED = (SessionState.BOOKED, SessionState.HELD, SessionState.MISSED)


def _resumed(pair: Mentorship) -> list[date]:
    """The day on which a paused pair went on: a fortnight to find a date begins anew."""
    return [pair.resumed_on] if pair.resumed_on is not None else []


def _signed(pairs: Sequence[Mentorship]) -> set[int]:
    """The pairs whose newest version both have signed."""
    newest: dict[int, Agreement] = {}
    for agreement in Agreement.objects.filter(mentorship__in=pairs).order_by("version"):
        newest[agreement.mentorship_id] = agreement
    return {pk for pk, agreement in newest.items() if agreement.signed_on is not None}


def _missed_in_a_row(talks: Sequence[Session]) -> int:
    count = 0
    for talk in talks:
        if talk.state == SessionState.HELD:
            count = 0
        count += talk.state == SessionState.MISSED
    return count


def _most_unanswered(pair: Mentorship, pulses: Iterable[Pulse], today: date) -> int:
    """Of days on which they were asked; a day that a facilitator adds behind a pair was never asked of it."""
    term_day = (today - pair.counted_from).days
    asked: dict[int, list[int]] = defaultdict(list)
    answered: dict[int, set[int]] = defaultdict(set)
    for pulse in pulses:
        asked[pulse.person_id].append(pulse.day)
        if pulse.answered is not None:
            answered[pulse.person_id].add(pulse.day)
    return max(unanswered(asked[one], answered[one], term_day) for one in (pair.mentee_id, pair.mentor_id))


def _newest(pairs: Sequence[Mentorship]) -> dict[int, HealthSnapshot]:
    """The newest snapshot of each; pairs never looked at are not in it."""
    rows = HealthSnapshot.objects.filter(mentorship__in=pairs).order_by("on")
    return {snapshot.mentorship_id: snapshot for snapshot in rows}
