"""A mentee asks a mentor. One request of a pair is open at a time; `choices` are who is asked next, in order."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.choices import OPEN_REQUESTS, DeclineReason, Origin, RequestState
from mentoring.managers import RequestQuerySet
from mentoring.models.programme import Programme
from mentoring.models.runs import Candidate

MESSAGE_LENGTH = 1000


class MatchRequest(models.Model):
    """One question to one mentor."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    candidate = models.ForeignKey(Candidate, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.SELF)
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.DRAFT)
    message = models.TextField(_("message"), max_length=MESSAGE_LENGTH, blank=True)
    choices = models.JSONField(default=list, blank=True)
    decline_reason = models.CharField(
        _("reason"), max_length=12, choices=DeclineReason, blank=True, help_text=_("For coordinators.")
    )
    failures = models.PositiveSmallIntegerField(default=0, help_text=_("Earlier requests of this search."))
    sent = models.DateTimeField(null=True, blank=True)
    expires = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    answered = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent", "-id"]
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"],
                condition=models.Q(state__in=OPEN_REQUESTS),
                name="one_open_request_of_a_pair",
            )
        ]
        indexes = [
            models.Index(fields=["mentor", "state"], name="request_of_mentor"),
            models.Index(fields=["state", "expires"], name="request_expiring"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        """Where the mentor answers and the mentee sees how it stands."""
        return reverse("mentoring:request", args=[self.pk])
