"""The letters about appointments: which there are, whom they go to, and how they stand in notices and mail.

Each is a verb and a kind of object of its own, so that a notice shows the subject as facilitators word it now, and its
mail the body. Whoever may not see the appointment any more gets neither.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from notifications.api import groups, notify, takes_mail, target_kinds, verbs
from notifications.data import NoticeGroup, NoticeTarget, Paragraphs, TargetKind, Verb, says
from onboarding.choices import AppointmentState, JourneyState
from onboarding.letter_text import Filled, fill
from onboarding.letter_values import (
    Values,
    again_values,
    ending_values,
    links_of,
    path_values,
    rest_values,
    values_of,
)
from onboarding.mentor_closing import mentor_links, mentor_values, pairs_ended
from onboarding.models import Journey, Letter, Nudge, RoleAppointment
from onboarding.permissions import decides, looks_after_all
from onboarding.tokens import confirm_path
from people.api import reports_below
from people.models import User

GROUP = NoticeGroup(
    "appointments",
    _("Your first ninety days"),
    _("Letters about your appointment, or about your people's and your mentees'."),
)
CONFIRM = "manager_confirm"
LAPSED = "lapsed"
INVITATION = "mentor_invitation"
CLOSING = "closing"
CLOSING_MANAGER = "closing_manager"
CLOSING_MENTOR = "closing_mentor"
PAUSED, RESUMED = "paused", "resumed"
NO_CONTACT = "facilitator_no_contact"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One letter: to the person, the manager, the mentor, or to coordinators, whose work is no reminder and has its own week.

    A letter of `states` says how a path stands, so that it is silent once the path stands otherwise.
    """

    key: str
    label: str | Promise
    to_manager: bool = False
    to_mentor: bool = False
    to_coordinators: bool = False
    at_once: bool = False
    states: tuple[JourneyState, ...] = ()


KINDS = (
    LetterKind("welcome", _("Your path begins")),
    LetterKind("welcome_self_declared", _("Your path begins"), at_once=True),
    LetterKind("preview", _("A first look")),
    LetterKind("experienced_invitation", _("A short path")),
    LetterKind(CONFIRM, _("Please confirm"), to_manager=True, at_once=True),
    LetterKind("manager_checklist", _("Somebody of yours starts"), to_manager=True),
    LetterKind(LAPSED, _("Your path sleeps")),
    LetterKind(INVITATION, _("Would you mentor?")),
    LetterKind(NO_CONTACT, _("Somebody new has met no mentor"), to_coordinators=True),
    LetterKind(CLOSING, _("Your path is completed")),
    LetterKind(CLOSING_MANAGER, _("Somebody of yours has completed the path"), to_manager=True),
    LetterKind(CLOSING_MENTOR, _("Your mentee has completed the path"), to_mentor=True),
    LetterKind(PAUSED, _("Your path is paused"), at_once=True, states=(JourneyState.PAUSED,)),
    LetterKind(RESUMED, _("Your path goes on"), at_once=True, states=(JourneyState.ACTIVE,)),
    LetterKind("appointment_rejected", _("Your path has ended"), at_once=True),
    LetterKind("appointment_ended", _("Your path has ended"), at_once=True),
)
OVER = {
    "appointment_rejected": _("Your appointment was not confirmed, and your path has ended"),
    "appointment_ended": _("Your appointment has ended, and your path with it"),
}
"""What is said where there is no letter: the reason that somebody gave, and nothing else."""

BY_KEY = {kind.key: kind for kind in KINDS}
MORE: Mapping[str, Callable[[RoleAppointment, User], Values]] = {
    LAPSED: path_values,
    INVITATION: path_values,
    PAUSED: rest_values,
    RESUMED: again_values,
    CLOSING: ending_values,
    CLOSING_MANAGER: ending_values,
}
"""What fills a letter besides what fills all of them."""
Written = dict[int, tuple[RoleAppointment, Filled]]


def send_letter(
    key: str,
    appointment: RoleAppointment,
    recipients: Iterable[int],
    *,
    actor: int | None,
    occasion: str = "",
    now: datetime | None = None,
) -> int:
    """Tells people, each once an appointment and occasion; how many.

    What does not go at once takes its place in the week of reminders, unless its reader takes no mail of this.
    """
    told = list(recipients)
    event = ":".join(part for part in (_verb(key), str(appointment.pk), occasion) if part)
    if not (BY_KEY[key].at_once or BY_KEY[key].to_coordinators):
        _take_places(key, appointment, told, now or timezone.now(), again=bool(occasion))
    return notify(
        recipients=told,
        verb=_verb(key),
        actor_id=actor,
        target_kind=_verb(key),
        target_id=appointment.pk,
        audience=COMMUNITY,
        group_key=f"{_verb(key)}:{appointment.pk}",
        dedupe_key=event,
    )


def _take_places(
    key: str, appointment: RoleAppointment, people: Iterable[int], now: datetime, *, again: bool
) -> None:
    journey = Journey.objects.filter(appointment=appointment).first()
    for person in User.objects.filter(pk__in=list(people)):
        place = {"person": person, "letter": key, "journey": journey}
        more = {"sent": now, "by_mail": takes_mail(person, _verb(key))}
        if again:
            Nudge.objects.create(**place, **more)
        else:
            Nudge.objects.get_or_create(**place, defaults=more)


def written(key: str, appointment: RoleAppointment, reader: User, letter: Letter | None) -> Filled:
    """The letter as it reads now."""
    if key in OVER:
        return _over(key, appointment)
    if letter is None:
        return Filled(str(BY_KEY[key].label), ())
    values, links = values_of(appointment, reader), links_of(appointment, reader)
    if key in MORE:
        more, further = MORE[key](appointment, reader)
        values, links = values | more, links | further
    return fill(letter.subject, letter.body, values, links, plain_subject=str(BY_KEY[key].label))


def _to_mentors(ids: Collection[int], reader: User, letter: Letter | None) -> Written:
    rows = {row.pk: row for row in _for_letters(ids)}
    found: Written = {}
    for pk, pair in pairs_ended(rows.values(), reader).items():
        values, plain = mentor_values(rows[pk], pair, reader), str(BY_KEY[CLOSING_MENTOR].label)
        subject, body = (letter.subject, letter.body) if letter is not None else (plain, "")
        found[pk] = (rows[pk], fill(subject, body, values, mentor_links(pair), plain_subject=plain))
    return found


def _over(key: str, appointment: RoleAppointment) -> Filled:
    body = _("Reason: {reason}") if appointment.reason else ""
    return fill(str(OVER[key]), str(body), {"reason": appointment.reason}, {})


def _verb(key: str) -> str:
    return f"letter_{key}"


def _for_letters(ids: Collection[int]) -> QuerySet[RoleAppointment]:
    rows = RoleAppointment.objects.filter(pk__in=ids)
    related = rows.select_related("person__profile__manager", "named_by", "journey")
    return related.prefetch_related("assignments", "journey__steps__template")


def _letters(key: str, ids: Collection[int], reader: object) -> Written:
    """What the reader may see of the letters of a kind."""
    if not isinstance(reader, User):
        return {}
    letter, kind = Letter.objects.filter(key=key).first(), BY_KEY[key]
    if kind.to_mentor:
        return _to_mentors(ids, reader, letter)
    if kind.to_coordinators:
        rows = _coordinated(ids, reader)
    else:
        rows = [row for row in _for_letters(ids) if _may_read(kind, row, reader)]
    return {row.pk: (row, written(key, row, reader, letter)) for row in rows}


def _coordinated(ids: Collection[int], reader: User) -> list[RoleAppointment]:
    """Those without a part of the reader, who must coordinate: neither their own nor of people below them."""
    if not looks_after_all(reader):
        return []
    return list(_for_letters(ids).exclude(person__in={reader.pk, *reports_below(reader.pk)}))


def _may_read(kind: LetterKind, row: RoleAppointment, reader: User) -> bool:
    if kind.to_manager:
        waits = kind.key != CONFIRM or row.state == AppointmentState.UNCONFIRMED
        return waits and decides(reader, row)
    path = getattr(row, "journey", None)
    stands = not kind.states or (path is not None and path.state in kind.states)
    return stands and row.person_id == reader.pk


def _targets(key: str, ids: Collection[int], reader: object) -> Mapping[int, NoticeTarget]:
    found = _letters(key, ids, reader)
    return {pk: NoticeTarget(filled.subject, _url(key, row, reader)) for pk, (row, filled) in found.items()}


def _url(key: str, row: RoleAppointment, reader: object) -> str:
    if key == CONFIRM and isinstance(reader, User):
        return confirm_path(row.pk, reader.pk)
    if BY_KEY[key].to_coordinators:
        return reverse("mentoring:home")
    if BY_KEY[key].to_mentor:
        return reverse("mentoring:home")
    return reverse("onboarding:manager" if BY_KEY[key].to_manager else "onboarding:journey")


def _bodies(key: str, ids: Collection[int], reader: object) -> Mapping[int, Paragraphs]:
    return {pk: filled.paragraphs for pk, (_row, filled) in _letters(key, ids, reader).items()}


def register() -> None:
    """Called once when the app is ready."""
    groups.register(GROUP.key, GROUP)
    for kind in KINDS:
        name = _verb(kind.key)
        target = TargetKind(name, partial(_targets, kind.key), letters=partial(_bodies, kind.key))
        if name in verbs:
            continue
        verbs.register(
            name,
            Verb(name, GROUP.key, kind.label, "bell", says("%(title)s"), transactional=kind.at_once),
        )
        target_kinds.register(name, target)
