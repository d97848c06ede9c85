"""Programmes: the rules of their rounds, and what mentees wish for. A wish is its mentee's and the coordinator's."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from mentoring.choices import Objective, ProgrammeKind, ProgrammeState
from mentoring.managers import ProgrammeQuerySet

PULSE_DAYS = (14, 30, 60, 90)
MOST_WISHES = 3
HIGHEST_FLOOR = 1000


def pulse_days() -> list[int]:
    """Days of a mentorship on which both are asked."""
    return list(PULSE_DAYS)


class Programme(models.Model):
    """A frame for mentorships. One of kind onboarding is always there; the rest are made by facilitators."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ProgrammeKind, default=ProgrammeKind.COHORT)
    state = models.CharField(_("state"), max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    audience = models.CharField(_("audience"), max_length=60, default=COMMUNITY)
    objective = models.CharField(_("objective"), max_length=24, choices=Objective, default=Objective.MOST)
    floor = models.PositiveSmallIntegerField(
        _("floor"),
        default=0,
        validators=[MaxValueValidator(HIGHEST_FLOOR)],
        help_text=_("No pair below this score, 0 to 1000."),
    )
    least_months = models.PositiveSmallIntegerField(
        _("months in the role"),
        default=0,
        db_default=0,
        help_text=_("Mentors have been in their role for so many months."),
    )
    most_each = models.PositiveSmallIntegerField(
        _("places of each mentor"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("At most so many mentees of one round with one mentor; empty: as many as each has free."),
    )
    expiry_days = models.PositiveSmallIntegerField(_("working days to answer"), default=5)
    term_weeks = models.PositiveSmallIntegerField(_("weeks"), default=26)
    pulse_days = models.JSONField(_("pulses on days"), default=pulse_days)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The coordinators' page of the programme."""
        return reverse("mentoring:programme", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether rounds are solved and wishes are taken."""
        return self.state == ProgrammeState.OPEN


class Wish(models.Model):
    """A mentor whom a mentee would like, in order."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="wishes")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "mentee", "mentor"], name="wish_once"),
            models.UniqueConstraint(fields=["programme", "mentee", "rank"], name="wish_of_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
