"""Reminds people of what is due: at most two mails in any seven days, all that waits in one, in their working hours.

Who has nothing to do hears nothing. The same things are said again after a week at the earliest; something that has
become due meanwhile may take the second place of the week. Who takes no mail of this hears the bell as often, and no place
of their week is taken. Safe to call at any time, and by two workers at once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.audiences import COMMUNITY
from notifications.api import notify, takes_mail
from onboarding.models import Nudge
from onboarding.reading.due import Due, due_by_person
from onboarding.reminder_letters import REMINDER, key_of
from onboarding.week import MOST, hours_are_open, reminded_lately, week_has_room
from people.api import zone_of
from people.models import User

DAY = timedelta(days=1)


def remind_people(now: datetime | None = None) -> int:
    """How many were reminded."""
    moment = now or timezone.now()
    waiting = due_by_person(moment.date() + DAY)
    people = User.objects.present().select_related("profile").filter(pk__in=waiting)
    return sum(_remind(person, waiting[person.pk], moment) for person in people)


@transaction.atomic
def _remind(person: User, found: Sequence[Due], now: datetime) -> bool:
    User.objects.get_queryset().select_for_update().get(pk=person.pk)
    today = now.astimezone(zone_of(person)).date()
    items = [due for due in found if due.step.due <= today + DAY]
    mail = takes_mail(person, REMINDER)
    if not items or not hours_are_open(person, now) or not _is_news(person, items, now, mail=mail):
        return False
    first = items[0].step
    nudge = Nudge.objects.create(
        person=person,
        journey=first.journey,
        step=first,
        letter=key_of(items, today),
        by_mail=mail,
        sent=now,
    )
    notify(
        recipients=[person.pk],
        verb=REMINDER,
        actor_id=None,
        target_kind=REMINDER,
        target_id=nudge.pk,
        audience=COMMUNITY,
        group_key=REMINDER,
        dedupe_key=f"{REMINDER}:{nudge.pk}",
        mail=mail,
    )
    return True


def _is_news(person: User, items: Sequence[Due], now: datetime, *, mail: bool) -> bool:
    """Whether the week has room, and there is something that the last reminder did not say."""
    sent = reminded_lately(person, now)
    if len(sent) >= MOST or (mail and not week_has_room(person, now)):
        return False
    if not sent:
        return True
    known = max(sent).astimezone(zone_of(person)).date() + DAY
    return any(due.step.due > known for due in items)
