"""What readers made of a lesson: uses with their outcome, the same event seen again, votes, and likeness.

Counts on the lesson are written by the services together with these rows.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Vocabulary, term_key
from lessons.choices import Likeness, UseOutcome, WhyNot
from lessons.models.lesson import Lesson


class LessonUse(models.Model):
    """Somebody used a lesson in an alliance and tells what came of it."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="uses", verbose_name=_("lesson"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    outcome = models.CharField(_("what came of it"), max_length=10, choices=UseOutcome)
    alliance_type = term_key(Vocabulary.ALLIANCE_TYPE)
    phase = term_key(Vocabulary.LIFECYCLE_PHASE)
    note = models.TextField(_("in one or two lines"), blank=True, max_length=1000)
    saved_days = models.PositiveIntegerField(
        _("working days saved"), null=True, blank=True, validators=[MaxValueValidator(5000)]
    )
    saved_money_musd = models.DecimalField(
        _("money saved, million US dollars"),
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-id"]
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        indexes = [models.Index(fields=["lesson", "-created"], name="use_of_lesson")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.outcome}"


class SeenAgain(models.Model):
    """The same event happened in another alliance. Once a person and lesson."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="sightings", verbose_name=_("lesson"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    alliance_type = term_key(Vocabulary.ALLIANCE_TYPE)
    phase = term_key(Vocabulary.LIFECYCLE_PHASE)
    note = models.TextField(_("what was different"), blank=True, max_length=1000)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [models.UniqueConstraint(fields=["lesson", "person"], name="seen_again_once")]

    def __str__(self) -> str:
        return str(self.lesson_id)


class LessonVote(models.Model):
    """Whether a lesson helped somebody, and why not. One a person; it can be changed."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="votes", verbose_name=_("lesson"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    helpful = models.BooleanField(_("helpful"))
    why_not = models.CharField(_("why not"), max_length=12, choices=WhyNot, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=500)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "person"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.helpful}"


class LikenessAnswer(models.Model):
    """What an author said of a lesson that looked like their new one."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="likenesses", verbose_name=_("lesson"))
    other = models.ForeignKey(Lesson, models.CASCADE, related_name="+", verbose_name=_("other lesson"))
    answer = models.CharField(_("answer"), max_length=10, choices=Likeness)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "other"], name="likeness_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.answer} {self.other_id}"
