"""The person's word on what the company's sign-in says of them: yes confirms the appointment, no ends the path quietly."""

from django.db import transaction

from onboarding.choices import AppointmentState, Source
from onboarding.models import RoleAppointment
from onboarding.models.appointments import ROLE
from onboarding.services.decide_appointment import confirm_appointment, reject_appointment
from people.models import User


@transaction.atomic
def answer_claim(*, person: User, is_right: bool) -> bool:
    """Whether there was something to answer. Appointments that people told of are for who decides about them."""
    waiting = RoleAppointment.objects.open().filter(
        person=person, role=ROLE, source=Source.SSO, state=AppointmentState.UNCONFIRMED
    )
    found = waiting.values_list("pk", flat=True).first()
    if found is None:
        return False
    if is_right:
        return confirm_appointment(appointment_id=found, actor=person)
    return reject_appointment(appointment_id=found, actor=person, reason="")
