"""What somebody offers and wants: the form, the short training, and pausing without the form.

Whatever changes, the public word for the mentor follows in the same transaction. Codes that people/ does not know are
refused by the form.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.services.record import record
from mentoring.models import MentorProfile
from mentoring.services.keep_status import keep_status
from people.models import User

FIELDS = (
    "is_mentor",
    "is_mentee",
    "offers",
    "wants",
    "advice",
    "structure",
    "cadence",
    "capacity",
    "takes_requests",
    "away_from",
    "away_until",
)
PRIVATE = ("wants",)
"""Named in the trail without values: they may come from a self-check, which is nobody else's."""


def profile_of(person: User) -> MentorProfile:
    """The mentoring side of a person; unsaved where there is none yet."""
    return MentorProfile.objects.filter(person=person).first() or MentorProfile(person=person)


@transaction.atomic
def save_profile(*, person: User, values: Mapping[str, Any]) -> bool:
    """Keeps what changed of `FIELDS`; False where nothing did."""
    profile, _new = MentorProfile.objects.select_for_update().get_or_create(person=person)
    changes = {
        name: (getattr(profile, name), values[name])
        for name in FIELDS
        if name in values and getattr(profile, name) != values[name]
    }
    if not changes:
        return False
    for name, (_old, new) in changes.items():
        setattr(profile, name, new)
    profile.save(update_fields=list(changes))
    shown = {name: change for name, change in changes.items() if name not in PRIVATE}
    private = changes.keys() & set(PRIVATE)
    record(
        actor=person,
        action="mentoring.save_profile",
        target=profile,
        changes=shown,
        private_fields=sorted(private),
    )
    keep_status([person.pk])
    return True


@transaction.atomic
def finish_training(*, person: User) -> bool:
    """The person has read the short training; False where they had before."""
    profile, _new = MentorProfile.objects.select_for_update().get_or_create(person=person)
    if profile.trained_on is not None:
        return False
    profile.trained_on = timezone.localdate()
    profile.save(update_fields=["trained_on"])
    record(actor=person, action="mentoring.finish_training", target=profile)
    keep_status([person.pk])
    return True


def pause_requests(*, person: User, stop: bool = False, away_until: date | None = None) -> bool:
    """Stops new requests, or says until when the person is away; whatever is not said stays."""
    values: dict[str, Any] = {"takes_requests": False} if stop else {}
    if away_until is not None:
        values |= {"away_from": timezone.localdate(), "away_until": away_until}
    return save_profile(person=person, values=values) if values else False


def look_for_mentor(*, person: User) -> bool:
    """The person looks for a mentor, and is in the next round unless they find one before."""
    return save_profile(person=person, values={"is_mentee": True})
