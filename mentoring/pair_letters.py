"""Reminders of a pair, as facilitators word them: a pulse that waits, a fortnight without a date.

What no longer holds when a mail goes is not said: a pulse that was answered, a pair that has found a date. Each of the two
reads the name of the other, days and times; nothing that was said, noted or answered.
"""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from mentoring.dates import days_without_date, last_talk, possible_times
from mentoring.days import current_day
from mentoring.letter_slot import written
from mentoring.models import Mentorship, Pulse
from mentoring.pairs import pairs_of
from mentoring.pulses import reached_days
from notifications.api import groups, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, Paragraphs, TargetKind, Verb, says
from notifications.tokens import stop_path
from people.api import zone_of
from people.models import User

PULSE_TARGET, NO_DATE_TARGET = "mentoring_pulse", "pair_without_date"
PULSE_REMINDER, NO_DATE = "pulse_reminder", "pair_without_date"
GROUP = NoticeGroup(
    "pair_reminders",
    _("Reminders of your pair"),
    _("A pulse that waits, a fortnight without a date; two mails a week at most, with those of your path."),
)
VERBS = (
    Verb(
        PULSE_REMINDER, GROUP.key, _("Pulse"), "circle-dot", says(_("Three clicks about you and %(title)s"))
    ),
    Verb(NO_DATE, GROUP.key, _("No date yet"), "calendar", says(_("You and %(title)s have no date"))),
)


def _pulses(ids: Collection[int], reader: object) -> dict[int, Pulse]:
    """Those of the reader that wait: of a running pair, and the newest whose day has come. One query."""
    if not isinstance(reader, User):
        return {}
    rows = Pulse.objects.visible_to(reader).filter(pk__in=ids, answered=None)
    people = ("mentorship__programme", "mentorship__mentee", "mentorship__mentor")
    found = [row for row in rows.select_related(*people) if row.mentorship.is_running]
    today = current_day()
    return {row.pk: row for row in found if reached_days(row.mentorship, today)[-1:] == [row.day]}


def _pairs(ids: Collection[int], reader: object) -> dict[int, Mentorship]:
    """Those of the reader that have had no date for a fortnight."""
    pairs = list(pairs_of(reader).filter(pk__in=ids))
    without = days_without_date(pairs) if pairs else {}
    return {pair.pk: pair for pair in pairs if pair.pk in without}


def _other(pair: Mentorship, reader: object) -> User:
    return pair.mentor if getattr(reader, "pk", None) == pair.mentee_id else pair.mentee


def pulse_targets(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Pulses by the name of the other one."""
    return {
        pk: NoticeTarget(
            _other(row.mentorship, reader).name, reverse("mentoring:pulse", args=[row.mentorship_id])
        )
        for pk, row in _pulses(ids, reader).items()
    }


def pair_targets(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Pairs without a date by the name of the other one."""
    return {
        pk: NoticeTarget(_other(pair, reader).name, pair.get_absolute_url())
        for pk, pair in _pairs(ids, reader).items()
    }


def pulse_letters(ids: Collection[int], reader: object) -> dict[int, Paragraphs]:
    """What a mail says of a pulse."""
    return {pk: _pulse_letter(row, reader) for pk, row in _pulses(ids, reader).items()}


def pair_letters(ids: Collection[int], reader: object) -> dict[int, Paragraphs]:
    """What a mail says of a pair without a date."""
    return {pk: _pair_letter(pair, reader) for pk, pair in _pairs(ids, reader).items()}


def _pulse_letter(pulse: Pulse, reader: object) -> Paragraphs:
    pair = pulse.mentorship
    me = pair.mentee if pulse.person_id == pair.mentee_id else pair.mentor
    values = {
        "first_name": me.get_short_name(),
        "other_name": _other(pair, reader).name,
        "day": str(pulse.day),
    }
    return written(
        "pulse", values, {"pulse_link": (reverse("mentoring:pulse", args=[pair.pk]), _say("Answer now"))}
    )


def _pair_letter(pair: Mentorship, reader: object) -> Paragraphs:
    other = _other(pair, reader)
    me = pair.mentee if other == pair.mentor else pair.mentor
    values = {"first_name": me.get_short_name(), "other_name": other.name}
    if (last := last_talk(pair)) is not None:
        values["last_session_date"] = date_format(last.start.astimezone(zone_of(me)), "j F")
    times = possible_times((pair.mentee.profile, pair.mentor.profile), timezone.now())
    for number, moment in enumerate(times, start=1):
        values[f"slot_{number}"] = date_format(moment.astimezone(zone_of(me)), "l j F, H:i")
    links = {
        "booking_link": (reverse("mentoring:propose", args=[pair.pk]), _say("Propose a time")),
        "rematch_link": (reverse("mentoring:rematch", args=[pair.pk]), _say("another match")),
        "unsubscribe_link": (stop_path(me.pk, [GROUP.key]), _say("stop these mails")),
    }
    return written("nudge_no_session", values, links)


def register() -> None:
    """Called once when the app is ready."""
    groups.register(GROUP.key, GROUP)
    for verb in VERBS:
        verbs.register(verb.key, verb)
    target_kinds.register(PULSE_TARGET, TargetKind(PULSE_TARGET, pulse_targets, letters=pulse_letters))
    target_kinds.register(NO_DATE_TARGET, TargetKind(NO_DATE_TARGET, pair_targets, letters=pair_letters))
