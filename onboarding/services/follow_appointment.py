"""What follows from an appointment: its letters, the path that moves with its day, and the end of all it had started."""

from datetime import date

from django.utils import timezone

from mentoring.api import end_for, withdraw_requests
from onboarding.choices import RUNNING, UNDONE, AppointmentState, JourneyState, Source
from onboarding.due_days import days_of, moved, written
from onboarding.letters import CONFIRM, send_letter
from onboarding.models import Journey, RoleAppointment, Step
from onboarding.permissions import who_decides
from onboarding.services.open_journey import open_journey
from people.api import zone_of


def follow_new(appointment: RoleAppointment) -> None:
    """The path opens; a welcome or a first look goes out, and the question to who decides."""
    open_journey(appointment)
    person, actor = appointment.person, appointment.named_by_id
    told = [person.pk]
    if appointment.source == Source.SELF:
        send_letter("welcome_self_declared", appointment, told, actor=None)
        send_letter(CONFIRM, appointment, who_decides(person), actor=person.pk)
    elif appointment.effective > _today(appointment):
        send_letter("preview", appointment, told, actor=actor)
    elif appointment.is_experienced:
        send_letter("experienced_invitation", appointment, told, actor=actor)
    else:
        send_letter("welcome", appointment, told, actor=actor)


def follow_new_day(appointment: RoleAppointment, *, before: date) -> int:
    """Moves day 0 and what is still open with it; how many steps moved. A date somebody chose moves by as many days."""
    journey = (
        Journey.objects.select_for_update(of=("self",)).running().filter(appointment=appointment).first()
    )
    if journey is None:
        return 0
    by = appointment.effective - before
    journey.appointment = appointment
    steps = list(Step.objects.filter(journey=journey, state__in=UNDONE).select_related("template"))
    for step in steps:
        old = written(journey, days_of(step.template))
        step.due = moved(appointment.person.profile, step.due, before=old, after=old + by)
    Step.objects.bulk_update(steps, ["due"])
    journey.day_zero = appointment.effective
    if journey.state in (JourneyState.SCHEDULED, JourneyState.ACTIVE):
        later = journey.day_zero > _today(appointment)
        journey.state = JourneyState.SCHEDULED if later else JourneyState.ACTIVE
    journey.save(update_fields=["day_zero", "state"])
    return len(steps)


def follow_end(appointment: RoleAppointment) -> None:
    """Ends the path and takes back what it had started with mentors; where somebody else decided, the person is told why."""
    running = Journey.objects.filter(appointment=appointment, state__in=RUNNING)
    running.update(state=JourneyState.CANCELLED)
    if appointment.state == AppointmentState.REJECTED:
        withdraw_requests(mentee_id=appointment.person_id)
    else:
        end_for(person_id=appointment.person_id)
    if appointment.decided_by_id not in (None, appointment.person_id):
        send_letter(f"appointment_{appointment.state}", appointment, [appointment.person_id], actor=None)


def _today(appointment: RoleAppointment) -> date:
    return timezone.now().astimezone(zone_of(appointment.person)).date()
