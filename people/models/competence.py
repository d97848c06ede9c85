"""The fourteen competences, the career ladder, and what people say of themselves by them.

`SelfCheck` belongs to its person alone: it is read through `own` and stands in no admin, count, search or mail.
`FinderAnswer` belongs to its person until they tell the facilitators.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ENOUGH_YES = 2


class CompetenceKind(models.TextChoices):
    """What a competence is: an area of the role, or a habit."""

    AREA = "area", _("Role area")
    HABIT = "habit", _("Habit")


class Competence(models.Model):
    """One area or habit with what can be seen of it and four levels in a sentence each."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=CompetenceKind)
    title = models.CharField(_("title"), max_length=120)
    what = models.TextField(_("what it is"))
    behaviours = models.JSONField(_("what can be seen"), default=list)
    levels = models.JSONField(_("levels"), default=list)
    plays = models.JSONField(_("plays"), default=list)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("competence")
        verbose_name_plural = _("competences")

    def __str__(self) -> str:
        return self.title


class RoleProfile(models.Model):
    """One role of alliance work; `rung` is its place on the ladder, None beside it."""

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose"))
    duties = models.JSONField(_("duties"), default=list)
    time = models.TextField(_("time"), blank=True)
    grows_into = models.JSONField(_("grows into"), default=list)
    evidence = models.JSONField(_("evidence"), default=list)
    rung = models.PositiveSmallIntegerField(_("rung"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("role profile")
        verbose_name_plural = _("role profiles")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the role."""
        return reverse("people:role", args=[self.slug])


class FinderQuestion(models.Model):
    """One of the questions that find people who do alliance work without the title."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    question = models.TextField(_("question"))
    help = models.TextField(_("help"), blank=True)
    yes_means = models.TextField(_("what a yes means"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("finder question")
        verbose_name_plural = _("finder questions")

    def __str__(self) -> str:
        return self.question


class FinderAnswer(models.Model):
    """What somebody answered last: the keys said yes to. Seen by others only where `told_on` is set."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    yes = models.JSONField(default=list)
    answered_on = models.DateTimeField(default=timezone.now)
    told_on = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("finder answer")
        verbose_name_plural = _("finder answers")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def points_to_role(self) -> bool:
        """Whether the answers describe a de facto alliance manager."""
        return len(self.yes) >= ENOUGH_YES


class SelfCheckQuerySet(models.QuerySet["SelfCheck"]):
    """The one way to read self-checks."""

    def own(self, person: object) -> Self:
        """Those the person took, the newest first."""
        return self.filter(person_id=getattr(person, "pk", None)).order_by("-taken", "-pk")


class SelfCheck(models.Model):
    """How somebody rated themselves: a level for each code, an example where they gave one, two codes to work on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    taken = models.DateTimeField(default=timezone.now)
    levels = models.JSONField(default=dict)
    examples = models.JSONField(default=dict)
    picks = models.JSONField(default=list)

    objects = SelfCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
