"""What a manager says of the start of one of theirs, about day 30.

Private: read by coordinators, never by the person it is about or above the two; not in the admin, and kept apart from any
appraisal. The audit trail names the fields without their values.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onboarding.choices import HowFar
from onboarding.managers import ManagerPulseQuerySet
from onboarding.models.journeys import Journey

COMMENT_LENGTH = 500


class ManagerPulse(models.Model):
    """Three questions to one manager about one path; `answered` is empty until they answer."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    has_time = models.CharField(_("has the time"), max_length=6, choices=HowFar, blank=True)
    is_clear = models.CharField(_("knows what it is for"), max_length=6, choices=HowFar, blank=True)
    steps_in = models.CharField(_("where the manager steps in"), max_length=COMMENT_LENGTH, blank=True)

    objects = ManagerPulseQuerySet.as_manager()

    class Meta:
        ordering = ["-asked", "-id"]
        constraints = [models.UniqueConstraint(fields=["journey", "manager"], name="manager_pulse_once")]

    def __str__(self) -> str:
        return f"{self.pk}"
