"""Answers a pulse: fit, value, a comment that only the coordinator reads. The other one never learns of it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.record import record
from mentoring.choices import Fit
from mentoring.models import Pulse
from mentoring.pulses import due_day
from mentoring.services.pair_checks import NUL, locked_pair
from mentoring.services.take_snapshots import take_snapshot_of
from people.models import User

COMMENT_LENGTH = 1_000
VALUES = range(1, 6)


@transaction.atomic
def answer_pulse(*, actor: User, mentorship_id: int, fit: str, value: int, comment: str = "") -> Pulse:
    """Keeps the answer to the pulse that is due. Who has answered it already is refused."""
    pair = locked_pair(actor, mentorship_id)
    day = due_day(pair, actor)
    if day is None:
        raise PermissionDenied
    if value not in VALUES or len(comment) > COMMENT_LENGTH or NUL in comment:
        raise ValidationError(_("Choose a value from 1 to 5, and keep the comment short."))
    now = timezone.now()
    asked = {"asked": now}
    pulse, _new = Pulse.objects.get_or_create(mentorship=pair, person=actor, day=day, defaults=asked)
    pulse.fit, pulse.value, pulse.comment = Fit(fit), value, comment.strip()
    pulse.answered = now
    pulse.save()
    record(actor=actor, action="pulse.answer", target=pair, private_fields=["fit", "value", "comment"])
    facts.publish(facts.PulseAnswered(pulse_id=pulse.pk))
    take_snapshot_of(pair)
    return pulse
