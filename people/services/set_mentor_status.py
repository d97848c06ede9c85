"""Shows colleagues whether somebody may be asked to mentor: the same words for whoever looks."""

from django.db import transaction

from people.models import MentorStatus, Profile, User
from people.services.create_person import KIND
from search.api import touch


@transaction.atomic
def set_mentor_status(*, person_id: int, status: MentorStatus) -> bool:
    """Whether the status changed. It follows from places and absences, which are audited where they change."""
    changed = Profile.objects.filter(user=person_id).exclude(mentor_status=status)
    if not changed.update(mentor_status=status):
        return False
    touch(User.objects.get(pk=person_id), kind=KIND)
    return True
