"""Sets a pair aside for a while: a coordinator who has rung them need not see it on top each day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.services.record import record
from mentoring.choices import OPEN_PAIRS
from mentoring.days import current_day
from mentoring.models import HealthSnapshot
from mentoring.pairs import cases_of
from mentoring.services.pair_checks import NUL
from mentoring.services.take_snapshots import take_snapshot_of
from people.models import User

LONGEST = timedelta(days=30)
NOTE_LENGTH = 300


@transaction.atomic
def snooze_case(*, actor: User, mentorship_id: int, until: date, note: str) -> None:
    """Needs a note that says why; a month at most. Raises `DoesNotExist` for who does not coordinate the pair."""
    found = cases_of(actor).filter(state__in=OPEN_PAIRS, pk=mentorship_id).get()
    today = current_day()
    if not today < until <= today + LONGEST:
        raise ValidationError({"until": _("Choose a day within the next month.")})
    if not note.strip() or len(note) > NOTE_LENGTH or NUL in note:
        raise ValidationError({"note": _("Say in a sentence why, for whoever looks next.")})
    take_snapshot_of(found)
    HealthSnapshot.objects.filter(mentorship=found, on=today).update(
        snoozed_until=until, snooze_note=note.strip(), snoozed_by=actor
    )
    record(actor=actor, action="mentorship.snooze", target=found, private_fields=["note"])
