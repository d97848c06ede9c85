"""The path as facilitators write it: steps with branches, and letters.

An edit raises the version of what it changes, so that two editors notice each other. Done steps keep the words they had
(`Step.kept`); open ones follow.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

LONG_MINUTES = 120
WORDS = ("title", "why", "text", "done_when", "minutes")
"""What a step says."""


def effort_of(minutes: int) -> str:
    """How long something takes, in minutes or hours."""
    if minutes < LONG_MINUTES:
        return _say("about %(count)d min") % {"count": minutes}
    return _say("about %(count)d h") % {"count": round(minutes / 60)}


class Edited(models.Model):
    """Something facilitators edit in the portal."""

    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    edited = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


class JourneyTemplate(models.Model):
    """A path. `version` rises with every edit of a step; running journeys follow for what is still open."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    version = models.PositiveIntegerField(default=1)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_template"
            )
        ]

    def __str__(self) -> str:
        return self.name


class StepTemplate(Edited):
    """One step. `due_day` counts calendar days from day 0; `owners` are codes of `Owner`."""

    template = models.ForeignKey(JourneyTemplate, models.CASCADE, related_name="steps")
    code = models.CharField(_("code"), max_length=6)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    why = models.TextField(_("why"), max_length=1000)
    text = models.TextField(_("what to do"), max_length=4000)
    done_when = models.CharField(_("done when"), max_length=300)
    due_day = models.PositiveSmallIntegerField(_("day"))
    short_day = models.PositiveSmallIntegerField(
        _("day on the short path"),
        null=True,
        blank=True,
        help_text=_("Empty: the short path of the experienced leaves it out."),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    is_required = models.BooleanField(
        _("has to be done"),
        default=True,
        db_default=True,
        help_text=_("The path ends without a step that need not be."),
    )
    owners = models.JSONField(default=list)
    plays = models.JSONField(default=list, blank=True)
    tools = models.JSONField(default=list, blank=True)
    lessons = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["template", "code"], name="step_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def effort(self) -> str:
        """How long it takes."""
        return effort_of(self.minutes)

    def words(self) -> dict[str, Any]:
        """What it says now, with its branches; for steps that keep it. One query unless branches are fetched."""
        branches = {branch.when: branch.text for branch in self.branches.all()}
        return {name: getattr(self, name) for name in WORDS} | {"branches": branches}


class StepBranch(models.Model):
    """What a step adds for some: `when` is a phase, an alliance type, or handover, part_time, experienced …"""

    step = models.ForeignKey(StepTemplate, models.CASCADE, related_name="branches")
    when = models.CharField(_("for"), max_length=40)
    order = models.PositiveSmallIntegerField()
    text = models.TextField(_("what to do"), max_length=4000)
    plays = models.JSONField(default=list, blank=True)
    tools = models.JSONField(default=list, blank=True)
    lessons = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["step", "when"], name="branch_once")]

    def __str__(self) -> str:
        return f"{self.step.code} {self.when}"


class Letter(Edited):
    """A text that the portal sends or fills in; `{placeholders}` are filled by code, never evaluated."""

    key = models.SlugField(max_length=40, unique=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
