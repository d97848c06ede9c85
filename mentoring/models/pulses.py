"""Short questions to each of a pair, and how the pair is doing. Answers are for the coordinator, never for the other."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring.choices import Fit
from mentoring.managers import PulseQuerySet
from mentoring.models.mentorship import Mentorship


class Pulse(models.Model):
    """One person asked on one day of the mentorship; `answered` is empty until they answer."""

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.PositiveSmallIntegerField()
    asked = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    fit = models.CharField(_("does it fit"), max_length=6, choices=Fit, blank=True)
    value = models.PositiveSmallIntegerField(
        _("how much it helps"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.TextField(_("for the coordinator"), blank=True, max_length=1000)

    objects = PulseQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [models.UniqueConstraint(fields=["mentorship", "person", "day"], name="pulse_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class HealthSnapshot(models.Model):
    """How a pair was on a day: level and reasons as codes with numbers. The newest one counts."""

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="health")
    on = models.DateField()
    level = models.CharField(max_length=6)
    reasons = models.JSONField(default=list)
    snoozed_until = models.DateField(null=True, blank=True)
    snooze_note = models.CharField(max_length=300, blank=True)
    snoozed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint(fields=["mentorship", "on"], name="health_once_a_day")]

    def __str__(self) -> str:
        return f"{self.pk}"
