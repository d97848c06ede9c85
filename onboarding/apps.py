"""The first ninety days of a newly appointed alliance manager: appointments and journeys."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OnboardingConfig(AppConfig):
    """Onboarding."""

    name = "onboarding"
    verbose_name = _("Onboarding")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to who is appointed, and tells notices about letters."""
        from onboarding import (
            appointed,
            appointment_receivers,
            badges,
            letter_turns,
            letters,
            manager_pulse_letters,
            mentee_panel,
            mentor_letters,
            reminder_letters,
            step_receivers,
        )
        from people.slots import role_claims

        appointment_receivers.connect()
        step_receivers.connect()
        role_claims.register("onboarding", declare_address)
        appointed.register()
        badges.register()
        letter_turns.register()
        letters.register()
        manager_pulse_letters.register()
        mentee_panel.register()
        mentor_letters.register()
        reminder_letters.register()


def declare_address() -> str:
    """Where somebody declares the role."""
    return reverse("onboarding:declare")
