"""Tells people of an event, each at most once.

Nobody is told of their own act, of what they may not see by its audience, or in a way they have switched off. The same
call again tells nobody twice. Two queries and the rows in batches, however many are told.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.audiences import tokens_of
from notifications.data import Verb
from notifications.models import MailState, Notice, NoticeSettings
from notifications.registries import target_kinds, verbs
from people.models import User

MAIL_WAITS = timedelta(minutes=10)
BATCH = 500


@transaction.atomic
def notify(
    *,
    recipients: Iterable[int],
    verb: str,
    actor_id: int | None,
    target_kind: str,
    target_id: int,
    audience: str,
    group_key: str,
    dedupe_key: str,
    bell: bool = True,
    mail: bool = True,
) -> int:
    """Returns for how many a notice was offered; who had this one already keeps the first.

    `dedupe_key` names the event; where two verbs tell of one event, the first told stands. Notices with the same
    `group_key` stand together in the list.
    """
    known, _kind = verbs.get(verb), target_kinds.get(target_kind)
    people = _who_may_know(set(recipients) - {actor_id}, audience)
    settings = {wish.user_id: wish for wish in NoticeSettings.objects.filter(user__in=people)}
    now = timezone.now()
    rows = []
    for person in people:
        row = _row(known, settings.get(person), now, bell=bell, mail=mail)
        if row is None:
            continue
        row.recipient_id, row.actor_id = person, actor_id
        row.target_kind, row.target_id, row.audience = target_kind, target_id, audience
        row.group_key, row.dedupe_key = group_key, dedupe_key
        rows.append(row)
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _who_may_know(ids: Iterable[int], audience: str) -> list[int]:
    present = User.objects.present().filter(pk__in=ids).order_by("pk")
    return [person.pk for person in present if audience in tokens_of(person)]


def _row(verb: Verb, wish: NoticeSettings | None, now: datetime, *, bell: bool, mail: bool) -> Notice | None:
    """An unsaved notice with its ways; None where the person wants neither way."""
    bell = bell and not (wish and verb.group in wish.bell_off)
    mail = mail and not (wish and verb.group in wish.mail_off)
    if not bell and not mail:
        return None
    row = Notice(verb=verb.key, bell=bell, created=now)
    if mail:
        row.mail = MailState.WAITING
        row.mail_due = now if verb.transactional else now + MAIL_WAITS
    return row
