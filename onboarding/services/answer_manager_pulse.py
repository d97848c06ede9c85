"""The manager's answer to the three questions of day 30, once; coordinators read it, the person never does."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.services.record import record
from onboarding.choices import HowFar
from onboarding.models import ManagerPulse
from onboarding.models.manager_pulses import COMMENT_LENGTH
from people.models import User

NUL = "\x00"


@transaction.atomic
def answer_manager_pulse(
    *, manager: User, person_id: int, has_time: str, is_clear: str, steps_in: str = ""
) -> bool:
    """Whether it is answered by this. Callers have checked that the person is the manager's."""
    if len(steps_in) > COMMENT_LENGTH or NUL in steps_in:
        raise ValidationError(_("Keep it to %(most)d characters.") % {"most": COMMENT_LENGTH})
    rows = ManagerPulse.objects.select_for_update(of=("self",)).waiting()
    pulse = rows.visible_to(manager).filter(journey__person=person_id).first()
    if pulse is None:
        return False
    pulse.has_time, pulse.is_clear = HowFar(has_time), HowFar(is_clear)
    pulse.steps_in, pulse.answered = steps_in.strip(), timezone.now()
    pulse.save(update_fields=["has_time", "is_clear", "steps_in", "answered"])
    private = ["has_time", "is_clear", "steps_in"]
    record(actor=manager, action="manager_pulse.answer", target=pulse, private_fields=private)
    return True
