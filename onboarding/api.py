"""What the portal may ask of onboarding."""

from datetime import datetime

from django.utils import timezone

from onboarding.services.keep_days import keep_days
from onboarding.services.remind import remind_people

__all__ = ["run_onboarding_clock"]


def run_onboarding_clock(now: datetime | None = None) -> int:
    """What time does: paths that begin, checklists, reminders; how much was done. Safe at any time, and again."""
    moment = now or timezone.now()
    return keep_days(moment) + remind_people(moment)
