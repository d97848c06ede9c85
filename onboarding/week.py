"""At most two mails in any seven days, whatever they say: reminders, and letters that can wait."""

from datetime import datetime, timedelta

from onboarding.models import Nudge
from people.models import User

MOST = 2
WEEK = timedelta(days=7, hours=1)
"""A little more than a week, since a mail goes some minutes after it was thought of."""


def sent_lately(person: User, now: datetime) -> list[datetime]:
    """When the mails of the last seven days were thought of. One query."""
    return list(Nudge.objects.filter(person=person, sent__gt=now - WEEK).values_list("sent", flat=True))


def week_has_room(person: User, now: datetime) -> bool:
    """Whether one more may go."""
    return len(sent_lately(person, now)) < MOST
