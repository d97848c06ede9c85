"""Appointments: somebody takes on alliance work. All sources merge into one of a person and a day.

What the person says of their alliances is words and codes and grants nothing; membership lives in alliances/.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onboarding.choices import OPEN_APPOINTMENTS, AppointmentState, Source
from onboarding.managers import AppointmentQuerySet

ROLE = "alliance_manager"


class RoleAppointment(models.Model):
    """One person, one role, from a day on. `sources` are all who told of it, the first one first."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=40, default=ROLE)
    effective = models.DateField(_("from"))
    source = models.CharField(_("source"), max_length=10, choices=Source)
    sources = models.JSONField(default=list)
    state = models.CharField(
        _("state"), max_length=12, choices=AppointmentState, default=AppointmentState.UNCONFIRMED
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Why it was rejected; the person reads it.")
    )
    external_ref = models.CharField(max_length=80, blank=True)
    is_experienced = models.BooleanField(
        _("experienced"), default=False, help_text=_("More than 24 months in the role: the short path.")
    )
    share_of_time = models.PositiveSmallIntegerField(_("share of time"), null=True, blank=True)
    takes_over_from = models.CharField(_("takes over from"), max_length=120, blank=True)
    created = models.DateTimeField()

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-effective", "-id"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(state__in=OPEN_APPOINTMENTS),
                name="one_open_appointment",
            )
        ]
        indexes = [models.Index(fields=["external_ref"], name="appointment_of_ref")]

    def __str__(self) -> str:
        return f"{self.person}, {self.effective}"


class AllianceAssignment(models.Model):
    """An alliance as the person describes it: a typed code name, its type, phase and tier."""

    appointment = models.ForeignKey(RoleAppointment, models.CASCADE, related_name="assignments")
    code_name = models.CharField(_("code name"), max_length=40)
    alliance_type = models.CharField(_("alliance type"), max_length=40, blank=True)
    phase = models.CharField(_("phase"), max_length=40, blank=True)
    tier = models.CharField(_("tier"), max_length=10, blank=True)
    is_lead = models.BooleanField(default=False, help_text=_("Picks the branches of the path."))
    created = models.DateTimeField()

    class Meta:
        ordering = ["-is_lead", "id"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "code_name"], name="assignment_once"),
            models.UniqueConstraint(
                fields=["appointment"], condition=models.Q(is_lead=True), name="one_lead_assignment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ImportBatch(models.Model):
    """One file of personnel that was read: what came of it, row by row where something was wrong."""

    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    dry_run = models.BooleanField(default=True)
    rows = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    invited_count = models.PositiveIntegerField(default=0)
    faulty_count = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    begun = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun", "-id"]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """Somebody personnel named who has not signed in yet; their appointment waits for their first sign-in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    external_id = models.CharField(_("employee number"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    effective = models.DateField(_("from"))
    taken = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField()

    class Meta:
        ordering = ["-created", "-id"]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        """The list of what was imported."""
        return reverse("onboarding:imports")
