"""A mentee ranks up to three mentors for the rounds of a programme. Seen by the mentee and the coordinator alone.

Whoever mentors may be wished, whatever stands between the two: the answer is the same, so that it tells nothing.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.services.record import record
from mentoring.models import MentorProfile, Mentorship, Programme, Wish
from mentoring.models.programme import MOST_WISHES
from mentoring.programmes import programmes_for
from mentoring.services.save_profile import look_for_mentor
from people.models import MentorStatus, User


@transaction.atomic
def keep_wishes(*, mentee: User, programme_id: int, mentor_ids: Sequence[int]) -> bool:
    """False where nothing changed. Who clears the wishes goes on looking: that is ended in the profile.

    Raises `DoesNotExist` for a programme that is closed or not for the mentee.
    """
    programme = next((one for one in programmes_for(mentee) if one.pk == programme_id), None)
    if programme is None:
        raise Programme.DoesNotExist
    _check(mentee, mentor_ids)
    MentorProfile.objects.get_or_create(person=mentee)
    MentorProfile.objects.select_for_update().get(person=mentee)
    rows = Wish.objects.filter(programme=programme, mentee=mentee)
    if list(rows.order_by("rank").values_list("mentor", flat=True)) == list(mentor_ids):
        return False
    rows.delete()
    Wish.objects.bulk_create(
        Wish(programme=programme, mentee=mentee, mentor_id=pk, rank=rank)
        for rank, pk in enumerate(mentor_ids, start=1)
    )
    if mentor_ids:
        look_for_mentor(person=mentee)
    record(actor=mentee, action="mentoring.wish", target=programme, private_fields=("wishes",))
    return True


def _check(mentee: User, mentor_ids: Sequence[int]) -> None:
    if Mentorship.objects.open().filter(mentee=mentee).exists():
        raise ValidationError(_("You have a mentor already. Close that mentorship first."))
    if len(mentor_ids) > MOST_WISHES or len(set(mentor_ids)) < len(mentor_ids):
        raise ValidationError(_("Choose up to three different mentors."))
    if set(mentor_ids) - {one.pk for one in mentors_to_wish(mentee)}:
        raise ValidationError(_("Choose somebody who mentors."))


def mentors_to_wish(mentee: User) -> list[User]:
    """Everybody who mentors, by the one public word that is the same for whoever looks. One query."""
    rows = User.objects.visible_to(mentee).present().filter(profile__isnull=False).select_related("profile")
    return list(
        rows.exclude(pk=mentee.pk).exclude(profile__mentor_status=MentorStatus.NONE).order_by("name", "pk")
    )
