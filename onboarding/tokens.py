"""Signed tokens in the letter that asks a manager to confirm an appointment.

A token names one appointment and the one manager who was asked, who has to be signed in: a letter that was passed on
decides nothing.
"""

from django.core import signing
from django.urls import reverse

SALT = "onboarding.confirm"


def confirm_path(appointment_id: int, manager_id: int) -> str:
    """Where the manager decides."""
    token = signing.dumps([appointment_id, manager_id], salt=SALT)
    return reverse("onboarding:confirm", args=[token])


def read_confirm(token: str) -> tuple[int, int] | None:
    """Appointment and manager; None for a token that we did not sign."""
    try:
        appointment_id, manager_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return appointment_id, manager_id
