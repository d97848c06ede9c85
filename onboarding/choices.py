"""The closed lists of onboarding."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Who told us that somebody takes on an alliance."""

    SELF = "self", _("Told by the person")
    NOMINATED = "nominated", _("Named by a manager or facilitator")
    HR_CSV = "hr_csv", _("Personnel's file")
    SSO = "sso", _("Role at sign-in")
    ALLIANCE = "alliance", _("Confirmed in an alliance")


class AppointmentState(models.TextChoices):
    """Whether the appointment is agreed."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Not confirmed by the manager")
    ENDED = "ended", _("Ended")


class JourneyState(models.TextChoices):
    """Where a path stands."""

    SCHEDULED = "scheduled", _("Begins later")
    ACTIVE = "active", _("Under way")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Ended")
    LAPSED = "lapsed", _("Put to sleep")


class StepState(models.TextChoices):
    """Where a step stands."""

    LOCKED = "locked", _("Opens later")
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
    WAIVED = "waived", _("Waived")


class Tempo(models.TextChoices):
    """How somebody keeps up; computed, never stored."""

    ON_TRACK = "on_track", _("On track")
    BEHIND = "behind", _("Behind")
    AT_RISK = "at_risk", _("At risk")


class Owner(models.TextChoices):
    """Who does a step."""

    PERSON = "person", _("You")
    MENTOR = "mentor", _("Your mentor")
    MANAGER = "manager", _("Your manager")


class HowFar(models.TextChoices):
    """A manager's word on one of the two questions about day 30."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class GoesOn(models.TextChoices):
    """What a pair does after the path."""

    CONTINUES = "continues", _("We go on as mentor and mentee")
    PEERS = "peers", _("We go on as peers, each with questions to the other")
    CLOSES = "closes", _("We close the mentorship")
    NOBODY = "nobody", _("I had no mentor")


OPEN_APPOINTMENTS = (AppointmentState.UNCONFIRMED, AppointmentState.CONFIRMED)
RUNNING = (JourneyState.SCHEDULED, JourneyState.ACTIVE, JourneyState.PAUSED, JourneyState.LAPSED)
RESTING = (JourneyState.PAUSED, JourneyState.LAPSED)
"""No date runs."""
MANAGED = (*RUNNING, JourneyState.COMPLETED)
"""What the manager's page shows."""
UNDONE = (StepState.LOCKED, StepState.OPEN)
UNTOLD = frozenset({"S5", "S14"})
"""Steps that a self-check is part of, of which nobody but its person may learn: whether they are done stands in no count,
panel or trail. The mentor reads of the last one once the path is completed."""
