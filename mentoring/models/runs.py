"""Rounds and the pairs that were proposed or made. A candidate is a snapshot that nothing changes."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.choices import Objective, RunState
from mentoring.models.programme import Programme


class MatchRun(models.Model):
    """One solved round of a programme.

    `stats` holds what the page shows of the whole: matched, total, worst pair, load, and for each mentee who stayed
    alone the reasons as counts by code; `people` are all it reckoned with, who do not see it. `locked` are pairs of
    numbers that the solver had to keep.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="runs")
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.QUEUED)
    seed = models.CharField(_("seed"), max_length=40)
    objective = models.CharField(_("objective"), max_length=24, choices=Objective)
    floor = models.PositiveSmallIntegerField(_("floor"), default=0)
    input_digest = models.CharField(max_length=64, blank=True)
    locked = models.JSONField(default=list, blank=True)
    stats = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0, help_text=_("Raised by each change of the draft."))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField()
    solved = models.DateTimeField(null=True, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")

    def __str__(self) -> str:
        return f"{self.programme} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the round."""
        return reverse("mentoring:run", args=[self.pk])


class Candidate(models.Model):
    """A pair that was proposed to a mentee or made by a round, with its points as they were.

    `breakdown` is component to points; they add up to `score`. `load` and `scarcity` rank and stand apart.
    """

    run = models.ForeignKey(MatchRun, models.CASCADE, null=True, blank=True, related_name="candidates")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    breakdown = models.JSONField(default=dict)
    load = models.PositiveSmallIntegerField(default=0)
    scarcity = models.PositiveSmallIntegerField(default=0)
    by_hand = models.BooleanField(default=False, help_text=_("A coordinator swapped it in."))
    created = models.DateTimeField()

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "mentee"], condition=models.Q(run__isnull=False), name="candidate_of_run_once"
            )
        ]
        indexes = [models.Index(fields=["mentee", "-created"], name="candidate_of_mentee")]

    def __str__(self) -> str:
        return f"{self.pk}"
