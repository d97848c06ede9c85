"""Takes the notices that may go to a person now, so that no other worker takes them too.

Everything is decided here and now, not when the notice was made: whether it was read meanwhile, whether its reader may
still see the object, whether they still want mail, their hours, and the limit of a day. What is taken carries the time
at which another worker may take it again, should this one die: mail goes at least once, and twice only after a crash
between the mail server's answer and ours to the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Min

from core.audiences import tokens_of
from notifications.hours import hours_of, next_day, next_open, this_day
from notifications.models import MailState, Notice, NoticeSettings, SentMail
from notifications.reading import visible
from notifications.registries import verbs
from notifications.services.save_settings import settings_of
from people.models import User

MAILS_A_DAY = 6
MOST_IN_A_MAIL = 100
LEASE = timedelta(minutes=10)
DUE_STATES = (MailState.WAITING, MailState.TAKEN)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Notices for one mail, newest first. `attempts` counts this one."""

    person: User
    notices: Sequence[Notice]
    transactional: bool
    attempts: int


def mail_may_go(person: User, at: datetime) -> bool:
    """Whether a mail to the person could go at that moment: their hours, and what they had today."""
    return _opens(person, settings_of(person), at) <= at


def takes_mail(person: User, verb: str) -> bool:
    """Whether the person wants mail of what this verb tells."""
    return verbs.get(verb).group not in settings_of(person).mail_off


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the waiting mail of a person: a bundle to send, and how many notices were settled without."""

    bundle: Bundle | None = None
    settled: int = 0


def people_with_due_mail(now: datetime, limit: int) -> list[int]:
    """Who has mail that is due or was taken by a worker that did not come back; the longest waiting first."""
    due = Notice.objects.filter(mail__in=DUE_STATES, mail_due__lte=now).order_by()
    by_person = due.values("recipient").annotate(first=Min("mail_due")).order_by("first")
    return list(by_person.values_list("recipient", flat=True)[:limit])


@transaction.atomic
def take(person_id: int, now: datetime) -> Taken:
    """Takes one bundle under the lock of the person; nothing where another worker is at it."""
    locked = User.objects.get_queryset().select_for_update(skip_locked=True, of=("self",), no_key=True)
    person = locked.select_related("profile").filter(pk=person_id).first()
    own = Notice.objects.filter(recipient=person_id)
    if person is None or own.filter(mail=MailState.TAKEN, mail_due__gt=now).exists():
        return Taken()
    due = own.filter(mail__in=DUE_STATES, mail_due__lte=now).select_related("actor")
    found = list(due.order_by("-created", "-pk")[:MOST_IN_A_MAIL])
    wish = settings_of(person)
    wanted = _wanted(found, person, wish)
    settled = _drop([notice for notice in found if notice not in wanted])
    urgent = [notice for notice in wanted if verbs.get(notice.verb).transactional]
    if urgent:
        return Taken(_claim(person, urgent, now, transactional=True), settled)
    opens = _opens(person, wish, now)
    if wanted and opens > now:
        return Taken(None, settled + _postpone(wanted, opens))
    return Taken(_claim(person, wanted, now, transactional=False) if wanted else None, settled)


def _wanted(found: Sequence[Notice], person: User, wish: NoticeSettings) -> list[Notice]:
    """Without what was read, may not be seen any more, or is not wanted by mail."""
    tokens = tokens_of(person)
    unread = [notice for notice in found if notice.read is None and notice.audience in tokens]
    return [notice for notice in visible(unread, person) if verbs.get(notice.verb).group not in wish.mail_off]


def _opens(person: User, wish: NoticeSettings, now: datetime) -> datetime:
    """The first moment at which the person's hours and the limit of the day let mail through."""
    hours = hours_of(
        person,
        quiet_from=wish.quiet_from,
        quiet_to=wish.quiet_to,
        quiet_free_days=wish.quiet_free_days,
    )
    today = SentMail.objects.filter(
        recipient=person, transactional=False, sent__gte=this_day(now, hours.zone)
    )
    if today.count() >= MAILS_A_DAY:
        return next_open(next_day(now, hours.zone), hours)
    return next_open(now, hours)


def _claim(person: User, notices: Sequence[Notice], now: datetime, *, transactional: bool) -> Bundle:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    rows.update(mail=MailState.TAKEN, mail_due=now + LEASE, mail_attempts=F("mail_attempts") + 1)
    attempts = 1 + max(notice.mail_attempts for notice in notices)
    return Bundle(person, notices, transactional, attempts)


def _drop(notices: Sequence[Notice]) -> int:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    return rows.update(mail=MailState.DROPPED, mail_due=None)


def _postpone(notices: Sequence[Notice], until: datetime) -> int:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    return rows.update(mail=MailState.WAITING, mail_due=until)
