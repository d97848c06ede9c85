"""Flags: somebody asks the facilitators to look at a post, and they decide. Messages to who asked without a name."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forums.choices import FlagDecision, FlagReason
from forums.models.post import Post
from forums.models.topic import Topic


class Flag(models.Model):
    """One request. A person flags a post once while it is undecided."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="flags")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=FlagReason)
    note = models.TextField(_("note"), blank=True, max_length=1000)
    created = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(_("decision"), max_length=12, choices=FlagDecision, default=FlagDecision.OPEN)
    decision_note = models.TextField(_("reason of the decision"), blank=True, max_length=1000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created", "id"]
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], condition=models.Q(decision="open"), name="flag_once_while_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.reason}"


class RelayedMessage(models.Model):
    """What a facilitator wrote to whoever asked a topic without a name. To whom it went stands nowhere here."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField(_("message"), max_length=5000)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("relayed message")
        verbose_name_plural = _("relayed messages")

    def __str__(self) -> str:
        return str(self.topic_id)

    def get_absolute_url(self) -> str:
        return reverse("forums:message", args=[self.pk])
