"""Gives letters that can wait their turn, also those of mentoring: in the person's hours, two in any seven days, each once."""

from datetime import datetime

from django.db import transaction

from mentoring.api import letter_turns
from onboarding.models import Nudge
from onboarding.week import hours_are_open, week_has_room
from people.models import User


@transaction.atomic
def take_turn(person: User, key: str, now: datetime) -> bool:
    """Whether the letter of this key may go now; then its place in the week is taken."""
    User.objects.get_queryset().select_for_update().get(pk=person.pk)
    if Nudge.objects.filter(person=person, letter=key).exists():
        return False
    if not hours_are_open(person, now) or not week_has_room(person, now):
        return False
    Nudge.objects.create(person=person, letter=key, sent=now)
    return True


def register() -> None:
    """Called once when the app is ready."""
    letter_turns.register("onboarding", take_turn)
