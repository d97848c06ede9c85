"""Opens an appointment, or joins what another source tells to the one there is.

Invariants: one open appointment a person and role, also when two sources tell at once; telling the same again changes
nothing; one that was rejected or has ended is not opened again by whoever tells of the same day once more. Whose word
on the day counts: personnel before a colleague before the person; a team or a sign-in moves no day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from core.facts import AppointmentDecided, AppointmentMade, publish
from core.services.record import record
from onboarding.choices import OPEN_APPOINTMENTS, AppointmentState, Source
from onboarding.models import RoleAppointment
from onboarding.models.appointments import ROLE
from onboarding.services.follow_appointment import follow_new, follow_new_day
from people.models import User

WEIGHT = {Source.HR_CSV: 3, Source.NOMINATED: 2, Source.SELF: 1}
"""How much a source's word on the day counts; those not named move none."""
CONFIRMS = frozenset({Source.HR_CSV, Source.NOMINATED, Source.ALLIANCE})


class Change(StrEnum):
    """What telling of an appointment did."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says. What it does not know stays as it is."""

    source: Source
    effective: date
    by: User | None = None
    external_ref: str = ""
    share_of_time: int | None = None
    is_experienced: bool = False


@dataclass(frozen=True, slots=True)
class Appointed:
    """The appointment, and what became of it."""

    appointment: RoleAppointment
    change: Change


@transaction.atomic
def appoint(*, person: User, told: Told) -> Appointed:
    """Makes or joins. The path begins, or moves with the day, in the same transaction."""
    closed = RoleAppointment.objects.filter(
        person=person, role=ROLE, effective=told.effective, state__in=_closed()
    ).first()
    opened = RoleAppointment.objects.open().filter(person=person, role=ROLE)
    if closed is not None and not opened.exists():
        return Appointed(closed, Change.CLOSED)
    appointment, is_new = opened.get_or_create(person=person, role=ROLE, defaults=_first(told))
    if is_new:
        _made(appointment, told)
        return Appointed(appointment, Change.CREATED)
    return _join(appointment.pk, told)


def _closed() -> list[AppointmentState]:
    return [state for state in AppointmentState if state not in OPEN_APPOINTMENTS]


def _first(told: Told) -> dict[str, object]:
    confirmed = told.source in CONFIRMS
    now = timezone.now()
    return {
        "effective": told.effective,
        "source": told.source,
        "sources": [told.source.value],
        "state": AppointmentState.CONFIRMED if confirmed else AppointmentState.UNCONFIRMED,
        "named_by": told.by,
        "decided_by": told.by if confirmed else None,
        "decided": now if confirmed else None,
        "external_ref": told.external_ref,
        "share_of_time": told.share_of_time,
        "is_experienced": told.is_experienced,
        "created": now,
    }


def _made(appointment: RoleAppointment, told: Told) -> None:
    record(
        actor=told.by,
        action="appointment.make",
        target=appointment,
        changes={"source": ("", told.source.value), "effective": ("", told.effective.isoformat())},
    )
    publish(AppointmentMade(appointment_id=appointment.pk))
    follow_new(appointment)


def _join(pk: int, told: Told) -> Appointed:
    appointment = RoleAppointment.objects.select_for_update(of=("self",)).get(pk=pk)
    before = appointment.effective
    changes = _told_news(appointment, told)
    if not changes:
        return Appointed(appointment, Change.UNCHANGED)
    appointment.save(update_fields=sorted(changes))
    shown = {name: value for name, value in changes.items() if name in ("sources", "state", "effective")}
    record(actor=told.by, action="appointment.join", target=appointment, changes=shown)
    if "state" in changes:
        publish(AppointmentDecided(appointment_id=pk, status=appointment.state))
    if "effective" in changes:
        follow_new_day(appointment, before=before)
    return Appointed(appointment, Change.CHANGED)


def _told_news(appointment: RoleAppointment, told: Told) -> dict[str, tuple[object, object]]:
    """Sets what the source knows better, and returns what that changed."""
    wanted: dict[str, object] = {}
    if told.source not in appointment.sources:
        wanted["sources"] = [*appointment.sources, told.source.value]
    weight = max(WEIGHT.get(Source(source), 0) for source in appointment.sources)
    if WEIGHT.get(told.source, -1) >= weight:
        wanted["effective"] = told.effective
    if told.source in CONFIRMS and appointment.state == AppointmentState.UNCONFIRMED:
        wanted |= {
            "state": AppointmentState.CONFIRMED.value,
            "decided_by": told.by,
            "decided": timezone.now(),
        }
    if told.external_ref:
        wanted["external_ref"] = told.external_ref
    if told.share_of_time is not None and appointment.share_of_time is None:
        wanted["share_of_time"] = told.share_of_time
    changes = {
        name: (getattr(appointment, name), value)
        for name, value in wanted.items()
        if getattr(appointment, name) != value
    }
    for name, (_before, value) in changes.items():
        setattr(appointment, name, value)
    return changes
