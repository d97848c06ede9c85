"""Talks of a pair and the notes they keep."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import RenderedMixin
from mentoring.choices import NoteFor, SessionState
from mentoring.managers import NoteQuerySet, SessionQuerySet
from mentoring.models.mentorship import Mentorship

MINUTES = 25


class Session(models.Model):
    """One talk. `uid` stays for life and `sequence` rises with each change, so that calendars follow.

    `host` is who talks with the mentee: the mentor, or the backup while the mentor is away.
    """

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    start = models.DateTimeField(_("start"))
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=MINUTES)
    agenda = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SessionState, default=SessionState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed = models.DateTimeField()

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["start", "id"]
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        indexes = [models.Index(fields=["mentorship", "state", "start"], name="session_of_pair")]

    def __str__(self) -> str:
        return f"{self.mentorship_id}/{self.number}"

    def get_absolute_url(self) -> str:
        """The page of the talk."""
        return reverse("mentoring:talk", args=[self.mentorship_id, self.pk])


class Note(RenderedMixin):
    """Something to remember; of one person, or of both."""

    markdown_fields = ("body",)

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    visibility = models.CharField(_("who reads it"), max_length=4, choices=NoteFor, default=NoteFor.ME)
    body = models.TextField(_("note"))
    created = models.DateTimeField()
    edited = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_private(self) -> bool:
        """Whether it is its author's alone."""
        return self.visibility == NoteFor.ME
