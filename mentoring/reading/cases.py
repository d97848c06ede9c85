"""Pairs as their coordinator sees them: health with reasons, dates, pulses. No notes, no goals, no agendas.

The page is a constant number of queries; red stands first, what was set aside last within its level.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.choices import OPEN_PAIRS, PairState, SessionState
from mentoring.days import current_day
from mentoring.health import Level, health_of
from mentoring.health_words import LEVEL_ICONS, LEVEL_TONES, LEVEL_WORDS, from_json, reason_lines
from mentoring.models import HealthSnapshot, Mentorship, Pulse, Session
from mentoring.pairs import cases_of
from mentoring.services.take_snapshots import facts_of

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A pair in the list."""

    pk: int
    mentee: str
    mentor: str
    words: str | Promise
    tone: str
    icon: str
    reasons: list[str]
    held: int
    next_talk: datetime | None
    snoozed_until: date | None
    snooze_note: str


@dataclass(frozen=True, slots=True)
class LevelLine:
    """How a pair was on a day."""

    on: date
    words: str | Promise
    tone: str
    icon: str


def case_lines(reader: object, page: int) -> tuple[list[CaseLine], bool]:
    """A page of open pairs, the ones that need somebody first; and whether more follow."""
    rows = _ranked(cases_of(reader).filter(state__in=OPEN_PAIRS))
    begin = page * A_PAGE
    found = list(rows[begin : begin + A_PAGE + 1])
    return lines_of(found[:A_PAGE]), len(found) > A_PAGE


def lines_of(pairs: Sequence[Mentorship]) -> list[CaseLine]:
    """Pairs with their newest health; who was never looked at is looked at here, without keeping it."""
    newest = _newest(pairs)
    fresh = [pair for pair in pairs if pair.pk not in newest]
    reckoned = dict(zip((pair.pk for pair in fresh), facts_of(fresh, current_day()), strict=True))
    talks = _talks(pairs)
    lines = []
    for pair in pairs:
        snapshot = newest.get(pair.pk)
        if snapshot is not None:
            level, reasons = Level(snapshot.level), from_json(snapshot.reasons)
        else:
            health = health_of(reckoned[pair.pk])
            level, reasons = health.level, list(health.reasons)
        held, next_talk = talks.get(pair.pk, (0, None))
        lines.append(
            CaseLine(
                pk=pair.pk,
                mentee=pair.mentee.name,
                mentor=pair.mentor.name,
                words=_("Paused") if pair.state == PairState.PAUSED else LEVEL_WORDS[level],
                tone="" if pair.state == PairState.PAUSED else LEVEL_TONES[level],
                icon="clock" if pair.state == PairState.PAUSED else LEVEL_ICONS[level],
                reasons=reason_lines(reasons),
                held=held,
                next_talk=next_talk,
                snoozed_until=_aside(snapshot),
                snooze_note=snapshot.snooze_note if snapshot is not None else "",
            )
        )
    return lines


def figures_of(reader: object) -> list[tuple[str | Promise, int]]:
    """How many pairs stand at each level. One query and those of `cases_of`."""
    rows = _with_level(cases_of(reader).filter(state__in=OPEN_PAIRS)).order_by()
    grouped: QuerySet[Any, Any] = rows
    counted = dict(grouped.values_list("level").annotate(number=Count("pk")))
    return [
        (_("Pairs under way"), sum(counted.values())),
        *((LEVEL_WORDS[level], counted.get(level.value, 0)) for level in Level),
    ]


def history_of(pair: Mentorship) -> list[LevelLine]:
    """The days on which the level changed, newest first."""
    lines: list[LevelLine] = []
    last = None
    for snapshot in HealthSnapshot.objects.filter(mentorship=pair).order_by("on"):
        if snapshot.level != last:
            level = Level(snapshot.level)
            lines.append(LevelLine(snapshot.on, LEVEL_WORDS[level], LEVEL_TONES[level], LEVEL_ICONS[level]))
            last = snapshot.level
    return lines[::-1]


def pulses_of(pair: Mentorship) -> QuerySet[Pulse]:
    """What the two answered, newest first. For the coordinator of the pair alone: check that before."""
    rows: QuerySet[Pulse] = Pulse.objects.filter(mentorship=pair, answered__isnull=False)
    return rows.select_related("person").order_by("-day", "person__name")


def _with_level(rows: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    newest = HealthSnapshot.objects.filter(mentorship=OuterRef("pk")).order_by("-on")
    return rows.annotate(level=Subquery(newest.values("level")[:1]))


def _ranked(rows: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    newest = HealthSnapshot.objects.filter(mentorship=OuterRef("pk")).order_by("-on")
    order = Case(
        When(level=Level.RED, then=Value(0)),
        When(level=Level.AMBER, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ranked = _with_level(rows).annotate(aside=Subquery(newest.values("snoozed_until")[:1]), rank=order)
    waits = Case(When(aside__gt=current_day(), then=Value(1)), default=Value(0), output_field=IntegerField())
    return ranked.annotate(waits=waits).order_by("waits", "rank", "began", "pk")


def _newest(pairs: Sequence[Mentorship]) -> dict[int, HealthSnapshot]:
    later = HealthSnapshot.objects.filter(mentorship=OuterRef("mentorship"), on__gt=OuterRef("on"))
    rows = HealthSnapshot.objects.filter(~Exists(later), mentorship__in=pairs)
    return {snapshot.mentorship_id: snapshot for snapshot in rows}


def _talks(pairs: Sequence[Mentorship]) -> dict[int, tuple[int, datetime | None]]:
    """How many were held, and when the next booked one is."""
    ahead = Q(state=SessionState.BOOKED, start__gte=timezone.now())
    rows = Session.objects.filter(mentorship__in=pairs).order_by().values_list("mentorship")
    counted = rows.annotate(
        held=Count("pk", filter=Q(state=SessionState.HELD)), coming=Min("start", filter=ahead)
    )
    return {pk: (held, coming) for pk, held, coming in counted}


def _aside(snapshot: HealthSnapshot | None) -> date | None:
    """Until when it is set aside; None once that day has come."""
    if snapshot is None or snapshot.snoozed_until is None:
        return None
    return snapshot.snoozed_until if snapshot.snoozed_until > current_day() else None
