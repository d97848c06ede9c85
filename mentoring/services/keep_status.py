"""Keeps the public word "has a free place" of mentors in step with places, absences, training and their switch."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from core import facts
from mentoring.models import MentorProfile, Mentorship
from mentoring.places import places_taken, status_of
from people.api import set_mentor_status
from people.models import MentorStatus


@transaction.atomic
def keep_status(person_ids: Iterable[int] | None = None) -> int:
    """For these people, or for all mentors; how many words changed. Two queries and one for each change."""
    rows = MentorProfile.objects.filter(person__profile__isnull=False).select_related("person__profile")
    profiles = list(rows.filter(is_mentor=True) if person_ids is None else rows.filter(person__in=person_ids))
    taken, today = places_taken([one.person_id for one in profiles]), timezone.localdate()
    changed = 0
    for profile in profiles:
        status = status_of(profile, taken.get(profile.person_id, 0), today)
        if MentorStatus(profile.person.profile.mentor_status) is not status:
            changed += set_mentor_status(person_id=profile.person_id, status=status)
    return changed


def pair_changed(fact: facts.MentorshipBegan | facts.MentorshipEnded) -> None:
    """A place was taken or is free again."""
    keep_status(Mentorship.objects.filter(pk=fact.mentorship_id).values_list("mentor_id", flat=True))
