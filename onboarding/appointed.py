"""Who was appointed, for the reports of mentoring: people, days, and whether they said which alliances are theirs."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from mentoring.api import Appointment, appointments
from onboarding.choices import AppointmentState
from onboarding.models import AllianceAssignment, RoleAppointment


def appointed_between(since: date | None, until: date) -> Sequence[Appointment]:
    """Those who took on the work between two days, also if it has ended since; rejected ones never did. One query."""
    rows = RoleAppointment.objects.exclude(state=AppointmentState.REJECTED).filter(effective__lte=until)
    if since is not None:
        rows = rows.filter(effective__gte=since)
    said = AllianceAssignment.objects.filter(appointment=OuterRef("pk"))
    found = rows.order_by().annotate(said=Exists(said)).values_list("person", "effective", "said")
    return [Appointment(person, day, gave_context) for person, day, gave_context in found]


def register() -> None:
    """Called once when the app is ready."""
    appointments.register("onboarding", appointed_between)
