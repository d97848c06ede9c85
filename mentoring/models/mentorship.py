"""A mentorship: two people for a term, with an agreement that both sign, goals, and an end that is nobody's fault."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import RenderedMixin
from mentoring.choices import OPEN_PAIRS, Cadence, Ending, Origin, PairState
from mentoring.managers import AgreementQuerySet, ClosureQuerySet, GoalQuerySet, PairQuerySet
from mentoring.models.programme import Programme
from mentoring.models.runs import Candidate

GOAL_LENGTH = 200


class Mentorship(models.Model):
    """A pair in a programme."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="mentorships")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    backup = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    candidate = models.ForeignKey(Candidate, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.SELF)
    state = models.CharField(_("state"), max_length=8, choices=PairState, default=PairState.AGREED)
    cadence = models.PositiveSmallIntegerField(_("how often"), choices=Cadence, default=Cadence.WEEKLY)
    began = models.DateField(_("began"))
    due_end = models.DateField(_("planned end"))
    paused_on = models.DateField(null=True, blank=True)
    resumed_on = models.DateField(null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField(
        default=0, help_text=_("Days of pauses so far; no day of a pause counts for pulses and silences.")
    )
    pauses = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text=_("First day and day of going on of each pause that is over."),
    )
    ended = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-began", "-id"]
        verbose_name = _("mentorship")
        verbose_name_plural = _("mentorships")
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "programme"],
                condition=Q(state__in=OPEN_PAIRS),
                name="one_open_mentorship_of_a_mentee",
            ),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentorship_of_two"),
        ]
        indexes = [models.Index(fields=["mentor", "state"], name="mentorship_of_mentor")]

    def __str__(self) -> str:
        return f"{self.mentee}, {self.mentor}"

    def get_absolute_url(self) -> str:
        """The page of the pair."""
        return reverse("mentoring:pair", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state in OPEN_PAIRS

    @property
    def is_running(self) -> bool:
        """Whether days count: it goes on and is not paused."""
        return self.is_open and self.state != PairState.PAUSED

    @property
    def counted_from(self) -> date:
        """The day from which days of the term are counted, moved by the days of pauses."""
        return self.began + timedelta(days=self.paused_days)

    @property
    def rests(self) -> list[tuple[date, date]]:
        """The pauses that are over; the second day of each counts again."""
        return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.pauses]

    def rested(self, day: date) -> bool:
        """Whether a day lies in a pause that is over."""
        return any(first <= day < last for first, last in self.rests)

    def counted(self, day: date) -> date:
        """A day moved by the days of pauses after it, so that a silence is as long as the days that count."""
        after = (last - max(first, day) for first, last in self.rests if last > day)
        return day + sum(after, timedelta())


class Agreement(RenderedMixin):
    """What the two expect of each other. Any edit is a new version without signatures."""

    markdown_fields = ("text",)

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="agreements")
    version = models.PositiveIntegerField(default=1)
    text = models.TextField(_("agreement"))
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    edited = models.DateTimeField()
    signed_mentor = models.DateTimeField(null=True, blank=True)
    signed_mentee = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["mentorship", "version"], name="agreement_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.mentorship_id}.{self.version}"

    @property
    def digest(self) -> str:
        """Stands for the very words: those of a first text change under their version until somebody signs."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def signed_on(self) -> datetime | None:
        """When the second of the two signed; None while a signature is missing."""
        if self.signed_mentor is None or self.signed_mentee is None:
            return None
        return max(self.signed_mentor, self.signed_mentee)


class Goal(models.Model):
    """Something others can see, with how far it is: 0 to 100."""

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="goals")
    title = models.CharField(_("goal"), max_length=GOAL_LENGTH)
    measure = models.CharField(_("sign of success"), max_length=GOAL_LENGTH, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    created = models.DateTimeField()

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Closure(models.Model):
    """What one of the two says at the end. `note` may become a lesson."""

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="closures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    value = models.PositiveSmallIntegerField(_("how much it helped"), null=True, blank=True)
    recommends = models.BooleanField(_("would recommend"), null=True, blank=True)
    note = models.TextField(_("what came of it"), blank=True, max_length=4000)
    created = models.DateTimeField()

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentorship", "person"], name="closure_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class RematchRequest(models.Model):
    """Somebody asked for another match. Private to them and the coordinator; no reason is needed."""

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.TextField(blank=True, max_length=1000)
    not_a_fit = models.BooleanField(
        default=True, help_text=_("The two are not proposed to each other again.")
    )
    created = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk}"
