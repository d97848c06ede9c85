"""Who is in the team of an alliance. One open membership a person and alliance."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.choices import OPEN, Duty, MembershipState
from alliances.managers import MembershipQuerySet
from alliances.models.alliance import Alliance


class Membership(models.Model):
    """One person in one team, from asking to the end."""

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    duty = models.CharField(_("duty"), max_length=8, choices=Duty, default=Duty.MEMBER)
    state = models.CharField(
        _("state"), max_length=10, choices=MembershipState, default=MembershipState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    ended = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["duty", "asked", "id"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "person"],
                condition=models.Q(state__in=OPEN),
                name="one_open_membership",
            )
        ]
        indexes = [models.Index(fields=["person", "state"], name="membership_of_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.alliance}"
