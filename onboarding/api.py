"""What the portal may ask of onboarding."""

from datetime import datetime

from django.utils import timezone

from onboarding.choices import JourneyState
from onboarding.reading.journey import MyPath
from onboarding.services.ask_managers import keep_pulses
from onboarding.services.invite_mentors import invite_mentors
from onboarding.services.keep_days import keep_days
from onboarding.services.lapse import lapse_silent
from onboarding.services.remind import remind_people
from onboarding.services.tell_no_contact import tell_no_contact
from people.models import User

__all__ = ["MyPath", "run_onboarding_clock", "your_day"]


def your_day(reader: User) -> MyPath | None:
    """What is due for the reader, for the first page; None for who is on no running path. One query, or five."""
    path = MyPath(reader)
    running = (JourneyState.ACTIVE, JourneyState.SCHEDULED)
    return path if path.journey is not None and path.journey.state in running else None


def run_onboarding_clock(now: datetime | None = None) -> int:
    """What time does: paths that begin or fall asleep, checklists, reminders, invitations, a word to coordinators.

    Returns how much was done. Safe at any time, and again.
    """
    moment = now or timezone.now()
    return (
        keep_days(moment)
        + lapse_silent(moment)
        + keep_pulses(moment)
        + remind_people(moment)
        + tell_no_contact(moment)
        + invite_mentors(moment)
    )
