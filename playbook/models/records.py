"""Rows kept beside the pages: versions of a play, which tool helps in which step, and what was loaded from files."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from playbook.models.play import PlayPage


class PlayVersion(models.Model):
    """One published version of a play. Written by playbook.services.publish_play, never changed."""

    play = models.ForeignKey(PlayPage, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published = models.DateTimeField(_("published"), db_index=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("what changed"), max_length=200, blank=True)

    class Meta:
        ordering = ["-published", "-pk"]
        constraints = [models.UniqueConstraint(fields=["play", "number"], name="play_version_once")]
        verbose_name = _("version of a play")
        verbose_name_plural = _("versions of plays")

    def __str__(self) -> str:
        return f"{self.play_id} v{self.number}"


class ToolUse(models.Model):
    """One tool in one step of a live play; an empty key means the play as a whole.

    Derived from the play when it is published, so that a tool finds its plays without reading their steps.
    """

    play = models.ForeignKey(PlayPage, models.CASCADE, related_name="tool_uses")
    tool = models.ForeignKey("playbook.ToolPage", models.CASCADE, related_name="play_uses")
    step_key = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["play", "tool", "step_key"], name="tool_in_step_once")]
        verbose_name = _("use of a tool")
        verbose_name_plural = _("uses of tools")

    def __str__(self) -> str:
        return f"{self.play_id} {self.step_key} {self.tool_id}"


class LoadedPage(models.Model):
    """What the loader last wrote into a page, so that it never overwrites an edit.

    `source_digest` is of the file, `page_digest` of the page as it was after loading. The row outlives its page: what
    somebody deleted is not loaded again.
    """

    page = models.OneToOneField(Page, models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=80, unique=True)
    source_digest = models.CharField(max_length=64)
    page_digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("loaded page")
        verbose_name_plural = _("loaded pages")

    def __str__(self) -> str:
        return self.source
