"""Confirms, rejects or ends an appointment. Whoever comes second changes nothing.

Rejecting withdraws what it started: the path ends, open requests for a mentor are taken back, and the person is told why.
"""

from django.db import transaction
from django.utils import timezone

from core.facts import AppointmentDecided, publish
from core.services.record import record
from onboarding.choices import OPEN_APPOINTMENTS, AppointmentState
from onboarding.models import RoleAppointment
from onboarding.models.appointments import ROLE
from onboarding.services.follow_appointment import follow_end
from people.models import User


@transaction.atomic
def confirm_appointment(*, appointment_id: int, actor: User) -> bool:
    """Whether it is confirmed by this."""
    return _decide(appointment_id, (AppointmentState.UNCONFIRMED,), AppointmentState.CONFIRMED, actor)


@transaction.atomic
def reject_appointment(*, appointment_id: int, actor: User, reason: str) -> bool:
    """Whether it was rejected by this; `reason` is told to the person."""
    before = (AppointmentState.UNCONFIRMED,)
    done = _decide(appointment_id, before, AppointmentState.REJECTED, actor, reason=reason.strip())
    if done:
        follow_end(RoleAppointment.objects.get(pk=appointment_id))
    return done


@transaction.atomic
def end_appointment(*, appointment_id: int, actor: User | None, reason: str) -> bool:
    """Whether it ended now, and with it all it had started."""
    done = _decide(appointment_id, OPEN_APPOINTMENTS, AppointmentState.ENDED, actor, reason=reason)
    if done:
        follow_end(RoleAppointment.objects.get(pk=appointment_id))
    return done


def end_all_of(*, person_id: int) -> int:
    """Ends the appointments of somebody who left; how many there were."""
    rows = RoleAppointment.objects.open().filter(person=person_id, role=ROLE).values_list("pk", flat=True)
    return sum(end_appointment(appointment_id=pk, actor=None, reason="") for pk in list(rows))


def _decide(
    pk: int,
    before: tuple[AppointmentState, ...],
    after: AppointmentState,
    actor: User | None,
    *,
    reason: str = "",
) -> bool:
    rows = RoleAppointment.objects.select_for_update(of=("self",))
    appointment = rows.filter(pk=pk, state__in=before).first()
    if appointment is None:
        return False
    was, appointment.state = appointment.state, after
    appointment.decided_by, appointment.decided, appointment.reason = actor, timezone.now(), reason
    appointment.save(update_fields=["state", "decided_by", "decided", "reason"])
    record(
        actor=actor,
        action=f"appointment.{after.value}",
        target=appointment,
        changes={"state": (was, after.value)},
        private_fields=["reason"] if reason else (),
    )
    publish(AppointmentDecided(appointment_id=pk, status=after.value))
    return True
