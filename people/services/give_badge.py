"""Gives a person a badge, which colleagues see in the directory and on their page."""

from django.db import transaction

from core.services.record import record
from people.models import Profile
from people.services.create_person import KIND
from search.api import touch


@transaction.atomic
def give_badge(*, person_id: int, code: str, origin: str = "") -> bool:
    """Whether the person got it now; False where they had it or have no profile."""
    profile = Profile.objects.select_for_update().select_related("user").filter(user=person_id).first()
    if profile is None or code in profile.badges:
        return False
    profile.badges = [*profile.badges, code]
    profile.save(update_fields=["badges"])
    record(actor=None, action="give_badge", target=profile.user, changes={"badge": ("", code)}, origin=origin)
    touch(profile.user, kind=KIND)
    return True
