"""The worker's turn: sends the mail that may go now.

The mail server being away changes nothing but the time at which it is tried again. A mail that the server refuses is
tried again after growing pauses and is parked with the server's answer after the last; `manage.py mail` shows parked
mail and sends it again. Nothing that waits is ever lost. What went is recorded without its words.
"""

import smtplib
from datetime import datetime, timedelta

import structlog
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from notifications.mail.bundles import DUE_STATES, Bundle, people_with_due_mail, take
from notifications.mail.letter import letter
from notifications.models import MailState, Notice, SentMail
from notifications.reading import rows_of

PEOPLE_A_TURN = 20
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 960))
"""Waits after the first, second … refusal; after as many refusals as there are pauses the mail is parked."""
SERVER_AWAY = timedelta(minutes=1)
CONNECTION_LOST = (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError)

log = structlog.get_logger(__name__)


def send_waiting_mail() -> int:
    """Sends to some people; how much was done. Opens no connection where nothing is due."""
    now = timezone.now()
    people = people_with_due_mail(now, PEOPLE_A_TURN)
    if not people:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        return _wait_for_the_server(now, error)
    try:
        return _send_to(people, now, connection)
    finally:
        connection.close()


def _send_to(people: list[int], now: datetime, connection: BaseEmailBackend) -> int:
    done = 0
    for person in people:
        taken = take(person, now)
        done += taken.settled
        if taken.bundle is None:
            continue
        done += 1
        if not _send(taken.bundle, connection):
            break
    return done


def _send(bundle: Bundle, connection: BaseEmailBackend) -> bool:
    """Whether the connection can be used for the next one. A letter that cannot be written is parked like any other."""
    try:
        rows = rows_of(bundle.notices, bundle.person)
        if rows:
            letter(bundle, rows, connection).send()
    except CONNECTION_LOST as error:
        _put_back(bundle, error)
        return False
    except Exception as error:
        _put_back(bundle, error)
        return True
    _keep(bundle, went=bool(rows))
    return True


@transaction.atomic
def _keep(bundle: Bundle, *, went: bool) -> None:
    """Writes down what became of a bundle; it did not go where all of it was hidden at the last moment."""
    notices = Notice.objects.filter(pk__in=[notice.pk for notice in bundle.notices])
    notices.update(mail=MailState.SENT if went else MailState.DROPPED, mail_due=None, mail_error="")
    if not went:
        return
    SentMail.objects.create(
        recipient=bundle.person,
        sent=timezone.now(),
        notices=len(bundle.notices),
        transactional=bundle.transactional,
    )


def _put_back(bundle: Bundle, error: Exception) -> None:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in bundle.notices])
    reason = _reason(error)
    if bundle.attempts > len(PAUSES):
        log.error("mail_parked", recipient=bundle.person.pk, error=reason)
        rows.update(mail=MailState.PARKED, mail_due=None, mail_error=reason)
        return
    pause = PAUSES[bundle.attempts - 1]
    log.warning("mail_refused", recipient=bundle.person.pk, error=reason, pause=pause.total_seconds())
    rows.update(mail=MailState.WAITING, mail_due=timezone.now() + pause, mail_error=reason)


def _wait_for_the_server(now: datetime, error: Exception) -> int:
    log.warning(
        "mail_server_away", error=f"{type(error).__name__}: {error}", pause=SERVER_AWAY.total_seconds()
    )
    due = Notice.objects.filter(mail__in=DUE_STATES, mail_due__lte=now)
    return due.update(mail=MailState.WAITING, mail_due=now + SERVER_AWAY)


def _reason(error: Exception) -> str:
    """What the server or the program said, without the address that the answer may repeat."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code}" for code, _words in error.recipients.values()) + " recipient refused"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {type(error).__name__}"
    return type(error).__name__
