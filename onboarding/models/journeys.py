"""A person's path: steps with due dates, what ticked them, and the reminders that went out.

Due dates are days by the person's own calendar, moved to a day on which they work; a pause moves open ones on.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.choices import RUNNING, GoesOn, JourneyState, StepState
from onboarding.managers import JourneyQuerySet, StepQuerySet
from onboarding.models.appointments import RoleAppointment
from onboarding.models.templates import JourneyTemplate, StepBranch, StepTemplate, effort_of


class Journey(models.Model):
    """The path of one person from day 0."""

    appointment = models.OneToOneField(RoleAppointment, models.CASCADE, related_name="journey")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    template = models.ForeignKey(JourneyTemplate, models.PROTECT, related_name="+")
    day_zero = models.DateField(_("day 0"))
    state = models.CharField(_("state"), max_length=10, choices=JourneyState, default=JourneyState.SCHEDULED)
    paused_on = models.DateField(
        null=True,
        blank=True,
        help_text=_("Since when no date runs: leave, or silence before it was put to sleep."),
    )
    days_paused = models.PositiveSmallIntegerField(default=0)
    last_act = models.DateTimeField(help_text=_("When the person last did something here."))
    completed = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(
        _("what came of it"),
        max_length=2000,
        blank=True,
        default="",
        db_default="",
        help_text=_("Read by the person and their mentor."),
    )
    goes_on = models.CharField(
        _("how the pair goes on"), max_length=10, choices=GoesOn, blank=True, default="", db_default=""
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        ordering = ["-day_zero", "-id"]
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state__in=RUNNING), name="one_running_journey"
            )
        ]
        indexes = [models.Index(fields=["state", "last_act"], name="journey_of_state")]

    def __str__(self) -> str:
        return f"{self.person}, {self.day_zero}"

    def get_absolute_url(self) -> str:
        """The person's own page of it."""
        return reverse("onboarding:journey")

    def day(self, on: date) -> int:
        """The day of the path by the calendar, day 0 first; days of a pause do not count."""
        return (on - self.day_zero).days - self.days_paused

    def date_of(self, day: int) -> date:
        """The date of a day of the path, as far as pauses are over."""
        return self.day_zero + timedelta(days=day + self.days_paused)


class Step(models.Model):
    """One step of one person. `ticks` are who has ticked where two must: codes of `Owner`.

    `kept` are the words it had when it was done, where its template was edited since; see `StepTemplate.words`.
    """

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="steps")
    template = models.ForeignKey(StepTemplate, models.PROTECT, related_name="+")
    due = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=8, choices=StepState, default=StepState.OPEN)
    ticks = models.JSONField(default=list)
    kept = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    done = models.DateTimeField(null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["due", "template__order"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["journey", "template"], name="step_once")]
        indexes = [models.Index(fields=["state", "due"], name="step_due")]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the step."""
        return reverse("onboarding:step", args=[self.template.code])

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self._says("title"))

    @property
    def why(self) -> str:
        """What it is good for."""
        return str(self._says("why"))

    @property
    def text(self) -> str:
        """What to do."""
        return str(self._says("text"))

    @property
    def done_when(self) -> str:
        """How to know that it is done."""
        return str(self._says("done_when"))

    @property
    def effort(self) -> str:
        """How long it takes."""
        return effort_of(int(self._says("minutes")))

    def branch_text(self, branch: StepBranch) -> str:
        """What the step adds for some."""
        return str(self.kept.get("branches", {}).get(branch.when, branch.text))

    def _says(self, name: str) -> Any:
        return self.kept.get(name, getattr(self.template, name))


class StepEvidence(models.Model):
    """What shows that a step, or a part of it, was done: a real act, a reading, or a line of the person."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    code = models.CharField(max_length=20, blank=True, help_text=_("Of the play or lesson that was read."))
    line = models.CharField(_("in a line"), max_length=300, blank=True)
    link = models.CharField(_("link"), max_length=300, blank=True)
    by_itself = models.BooleanField(default=False)
    created = models.DateTimeField()

    class Meta:
        ordering = ["created", "id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "kind", "object_id", "code"], name="evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Nudge(models.Model):
    """A reminder or letter that went out; at most two mails a week and person, counted here.

    A reminder of what is due names its first step. `by_mail` is false where it takes no place of the week: its reader hears
    the bell alone, or coordinates.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, null=True, blank=True, related_name="+")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="+")
    letter = models.SlugField(max_length=40)
    by_mail = models.BooleanField(default=True, db_default=True)
    sent = models.DateTimeField()

    class Meta:
        ordering = ["-sent", "-id"]
        indexes = [models.Index(fields=["person", "-sent"], name="nudge_of_person")]

    def __str__(self) -> str:
        return f"{self.pk}"
