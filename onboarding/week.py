"""When a mail that can wait may go: at most two in any seven days, whatever they say, in the hours of who reads it."""

from datetime import datetime, timedelta

from notifications.api import MAIL_WAITS, mail_may_go
from onboarding.letters import NOTHING_DUE
from onboarding.models import Nudge
from people.api import is_working_time
from people.models import User

MOST = 2
WEEK = timedelta(days=7, hours=1)
"""A little more than a week, since a mail goes some minutes after it was thought of."""


def sent_lately(person: User, now: datetime, *, of_the_path: bool = False) -> list[datetime]:
    """When the mails of the last seven days were thought of, or those alone that say what is due on a path. One query."""
    rows = Nudge.objects.filter(person=person, sent__gt=now - WEEK)
    if of_the_path:
        rows = rows.filter(journey__isnull=False).exclude(letter__in=NOTHING_DUE)
    return list(rows.values_list("sent", flat=True))


def week_has_room(person: User, now: datetime) -> bool:
    """Whether one more may go."""
    return len(sent_lately(person, now)) < MOST


def hours_are_open(person: User, now: datetime) -> bool:
    """Whether the person works now, and a mail could still go when it is due."""
    later = now + 2 * MAIL_WAITS
    return is_working_time(person.profile, now) and mail_may_go(person, now) and mail_may_go(person, later)
