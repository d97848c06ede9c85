"""A lesson cited by a play, or by one of its steps: the link that shows what a lesson changed.

A citation is withdrawn, never deleted: the loader of the starter content must not bring back what somebody took out.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.managers import CitationQuerySet
from lessons.models.lesson import Lesson


class CitationKind(models.TextChoices):
    """What the link says."""

    SOURCE = "source", _("The step comes from this lesson")
    APPLIES = "applies", _("The lesson applies to this play")


class Citation(models.Model):
    """`step_key` is the stable key of a step in the play, empty for the play as a whole."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="citations", verbose_name=_("lesson"))
    play = models.ForeignKey("playbook.PlayPage", models.CASCADE, related_name="+", verbose_name=_("play"))
    step_key = models.CharField(_("step"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=CitationKind, default=CitationKind.APPLIES)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["play", "id"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [models.UniqueConstraint(fields=["lesson", "play", "step_key"], name="citation_once")]

    def __str__(self) -> str:
        return f"{self.lesson} → {self.play}"
