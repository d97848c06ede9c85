"""When a mail that can wait may go: at most two in any seven days, whatever they say, in the hours of who reads it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from notifications.api import MAIL_WAITS, mail_may_go
from onboarding.models import Nudge
from people.api import is_working_time
from people.models import User

MOST = 2
WEEK = timedelta(days=7, hours=1)
"""A little more than a week, since a mail goes some minutes after it was thought of."""


def week_has_room(person: User, now: datetime) -> bool:
    """Whether one more may go. One query."""
    return _lately(person, now).filter(by_mail=True).count() < MOST


def reminded_lately(person: User, now: datetime) -> list[datetime]:
    """When in the last seven days they were told what is due, by mail or by the bell alone. One query.

    Other letters, a welcome or the checklist of a manager among them, do not say what is due.
    """
    return list(_lately(person, now).filter(step__isnull=False).values_list("sent", flat=True))


def _lately(person: User, now: datetime) -> QuerySet[Nudge]:
    return Nudge.objects.filter(person=person, sent__gt=now - WEEK)


def hours_are_open(person: User, now: datetime) -> bool:
    """Whether the person works now, and a mail could still go when it is due."""
    later = now + 2 * MAIL_WAITS
    return is_working_time(person.profile, now) and mail_may_go(person, now) and mail_may_go(person, later)
