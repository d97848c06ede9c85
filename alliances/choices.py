"""The closed lists of alliances."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """What somebody is in an alliance."""

    MANAGER = "manager", _("Alliance manager")
    MEMBER = "member", _("Team member")


class MembershipState(models.TextChoices):
    """Whether a membership counts. Saying it is not being it: only a confirmed one opens anything."""

    ASKED = "asked", _("Waiting to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Not confirmed")
    ENDED = "ended", _("Ended")


OPEN = (MembershipState.ASKED, MembershipState.CONFIRMED)
