"""Names who stands in for the mentor while they are away: somebody who could be the mentee's mentor themselves.

Who could not is refused with the one neutral sentence, whatever the reason.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.services.record import record
from mentoring.models import Mentorship
from mentoring.pair_notices import tell_pair
from mentoring.services.hand_over import hand_over_talks
from mentoring.services.pair_checks import locked_pair
from mentoring.services.request_checks import NotAvailable, may_be_paired
from people.models import User


@transaction.atomic
def name_backup(*, actor: User, mentorship_id: int, backup: User | None) -> bool:
    """The mentor's to say; `None` takes it back. Talks that fall into an absence go over at once."""
    pair = locked_pair(actor, mentorship_id)
    if actor.pk != pair.mentor_id:
        raise PermissionDenied
    if backup is not None and backup.pk in (pair.mentor_id, pair.mentee_id):
        raise ValidationError({"backup": _("Choose somebody else than the two of you.")})
    if backup is not None and backup.pk != pair.backup_id and not may_be_paired(pair.mentee_id, backup.pk):
        raise NotAvailable
    if (pair.backup_id or None) == (backup.pk if backup is not None else None):
        return False
    pair.backup = backup
    pair.save(update_fields=["backup"])
    record(actor=actor, action="mentorship.backup", target=pair)
    hand_over_talks(pair)
    tell_pair(
        pair, "backup_named", actor=actor, key=f"backup:{pair.pk}:{pair.backup_id}", people=[pair.mentee_id]
    )
    return True


def possible_backups(pair: Mentorship) -> QuerySet[User]:
    """Other mentors, by name; whoever stands in already is among them."""
    others = User.objects.present().exclude(pk__in=(pair.mentee_id, pair.mentor_id))
    return others.filter(Q(mentoring__is_mentor=True) | Q(pk=pair.backup_id)).select_related("profile")
