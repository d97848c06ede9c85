"""Places of mentors: how many are taken, and the one public word for whether somebody may be asked.

A place is taken by a mentorship that stands; a request takes none, so that two may ask for the last. The public word
follows from what everybody may know (places, absence, training, the switch), never from who looks.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from mentoring.choices import OPEN_PAIRS
from mentoring.models import MentorProfile, Mentorship
from people.models import MentorStatus


def places_taken(mentor_ids: Iterable[int] | None = None) -> dict[int, int]:
    """How many mentorships stand with each mentor who has any. One query."""
    rows = Mentorship.objects.filter(state__in=OPEN_PAIRS)
    if mentor_ids is not None:
        rows = rows.filter(mentor__in=list(mentor_ids))
    return dict(rows.order_by().values_list("mentor").annotate(taken=Count("pk")))


def status_of(profile: MentorProfile, taken: int, on: date) -> MentorStatus:
    """The public word for a mentor with so many mentees."""
    if not profile.is_mentor or profile.trained_on is None or not profile.person.is_active:
        return MentorStatus.NONE
    if profile.is_away(on):
        return MentorStatus.AWAY
    free = profile.takes_requests and profile.capacity > taken
    return MentorStatus.OPEN if free else MentorStatus.FULL
