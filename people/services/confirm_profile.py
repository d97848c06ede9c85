"""Keeps that a profile is still right; people are asked once a year."""

from datetime import date, timedelta

from django.db import transaction

from core.services.record import record
from people.models import Profile, User

YEAR = timedelta(days=365)


def needs_confirming(profile: Profile, today: date) -> bool:
    """Whether the last word on the profile is older than a year: the person's own, else the day they joined."""
    last = profile.confirmed_on or profile.user.date_joined.date()
    return today - last > YEAR


@transaction.atomic
def confirm_profile(*, person: User, today: date, origin: str = "") -> bool:
    """Whether the day is new."""
    if not Profile.objects.filter(user=person).exclude(confirmed_on__gte=today).update(confirmed_on=today):
        return False
    record(actor=person, action="confirm_profile", target=person, origin=origin)
    return True
