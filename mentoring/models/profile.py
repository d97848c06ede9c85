"""What somebody offers and wants as a mentor and as a mentee.

Competences are codes of people's fourteen: seven habits, seven role areas. `wants` are ordered, the most important
first; `offers` are not. Whether a place is free follows from `capacity` and the mentorships that stand.
"""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.absence import is_away

MOST_PLACES = 5
SCALE = (MinValueValidator(1), MaxValueValidator(5))
MIDDLE = 3


class MentorProfile(models.Model):
    """The mentoring side of a person; it exists once they mentor or want a mentor."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentoring")
    is_mentor = models.BooleanField(_("mentors"), default=False)
    is_mentee = models.BooleanField(_("wants a mentor"), default=False)
    offers = models.JSONField(_("offers"), default=list, blank=True)
    wants = models.JSONField(_("wants"), default=list, blank=True)
    advice = models.PositiveSmallIntegerField(_("sounding board or advice"), default=MIDDLE, validators=SCALE)
    structure = models.PositiveSmallIntegerField(
        _("open or with an agenda"), default=MIDDLE, validators=SCALE
    )
    cadence = models.PositiveSmallIntegerField(_("how often"), default=MIDDLE, validators=SCALE)
    capacity = models.PositiveSmallIntegerField(
        _("mentees at the same time"), default=0, validators=[MaxValueValidator(MOST_PLACES)]
    )
    takes_requests = models.BooleanField(_("takes new requests"), default=True)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    trained_on = models.DateField(_("short training done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("mentoring profile")
        verbose_name_plural = _("mentoring profiles")

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        """The form of one's own profile."""
        return reverse("mentoring:profile")

    def is_away(self, on: date) -> bool:
        """Whether the person is away on a day."""
        return is_away(self.away_from, self.away_until, on)
