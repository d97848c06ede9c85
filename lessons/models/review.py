"""What happens to a lesson between submission and a changed play: words of reviewers, and routes to owners."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.choices import ReviewAct, RouteState
from lessons.managers import RouteQuerySet
from lessons.models.lesson import Lesson


class LessonReview(models.Model):
    """One act on the way of a lesson, with the words its author reads; `texts` is what the lesson said then."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="reviews", verbose_name=_("lesson"))
    act = models.CharField(_("act"), max_length=12, choices=ReviewAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True, max_length=2000)
    texts = models.JSONField(default=dict, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.act}"


class LessonRoute(models.Model):
    """A lesson sent to the owner of a play, with a date by which they answer. A rejection carries its reason."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="routes", verbose_name=_("lesson"))
    play = models.ForeignKey("playbook.PlayPage", models.CASCADE, related_name="+", verbose_name=_("play"))
    step_key = models.CharField(_("step"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RouteState, default=RouteState.OPEN)
    due = models.DateField(_("due"))
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    routed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    answered = models.DateTimeField(null=True, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        constraints = [models.UniqueConstraint(fields=["lesson", "play"], name="route_once_a_play")]

    def __str__(self) -> str:
        return f"{self.lesson_id} to {self.play_id}: {self.state}"
