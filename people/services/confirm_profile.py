"""Keeps that a profile is still right; people are asked once a year."""

from datetime import date, timedelta

from django.db import transaction

from core.services.record import record
from people.models import Profile, User

YEAR = timedelta(days=365)


def needs_confirming(profile: Profile, today: date) -> bool:
    """Whether the last word on the profile is older than a year, or missing."""
    return profile.confirmed_on is None or today - profile.confirmed_on > YEAR


@transaction.atomic
def confirm_profile(*, person: User, today: date, origin: str = "") -> bool:
    """Whether the day is new."""
    if not Profile.objects.filter(user=person).exclude(confirmed_on__gte=today).update(confirmed_on=today):
        return False
    record(actor=person, action="confirm_profile", target=person, origin=origin)
    return True
