"""The closed lists of mentoring: what a request, a run, a mentorship, a talk and a pulse may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """Why mentees join."""

    ONBOARDING = "onboarding", _("Onboarding")
    COHORT = "cohort", _("Cohort")
    EVERGREEN = "evergreen", _("Open all year")


class ProgrammeState(models.TextChoices):
    """Where a programme stands."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class Objective(models.TextChoices):
    """What a round is solved for."""

    MOST = "most_participants", _("Most participants")
    BEST = "best_fit", _("Best fit")
    FAIR = "nobody_badly_matched", _("Nobody badly matched")


class RunState(models.TextChoices):
    """How far a round is."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being solved")
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")
    FAILED = "failed", _("Failed")


class RequestState(models.TextChoices):
    """What became of a request."""

    DRAFT = "draft", _("Not sent")
    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Not needed any more")


class Origin(models.TextChoices):
    """Who made the pair."""

    SELF = "self", _("The mentee chose")
    AUTO = "auto", _("Picked for the mentee")
    ADMIN = "admin", _("A coordinator")
    ROUND = "round", _("A round")
    REMATCH = "rematch", _("A new match")


class DeclineReason(models.TextChoices):
    """Why a mentor says no; the coordinator learns the code, the mentee a kind sentence."""

    NO_TIME = "no_time", _("I have no time at present")
    OTHER_FIELD = "other_field", _("Somebody else knows this better")
    TOO_CLOSE = "too_close", _("We work too closely together")
    PERSONAL = "personal", _("For a reason of my own")


class PairState(models.TextChoices):
    """Where a mentorship stands."""

    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Running")
    PAUSED = "paused", _("Paused")
    CLOSING = "closing", _("Being closed")
    CLOSED = "closed", _("Closed")


class Ending(models.TextChoices):
    """Why a mentorship was closed. None is anybody's fault."""

    COMPLETED = "completed", _("Completed")
    NO_FAULT = "no_fault", _("Ended in silence, without fault")
    LEFT = "left", _("One of the two left")
    REMATCHED = "rematched", _("Matched anew")


class Cadence(models.IntegerChoices):
    """How often a pair talks."""

    MONTHLY = 1, _("Once a month")
    FORTNIGHTLY = 3, _("Every two weeks")
    WEEKLY = 5, _("Every week")


class SessionState(models.TextChoices):
    """What became of a talk."""

    PROPOSED = "proposed", _("Proposed")
    BOOKED = "booked", _("Booked")
    HELD = "held", _("Held")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")


class NoteFor(models.TextChoices):
    """Who reads a note."""

    ME = "me", _("Only me")
    PAIR = "pair", _("The two of us")


class Fit(models.TextChoices):
    """Whether the pair fits, as one of the two feels it."""

    GOOD = "good", _("It fits")
    UNSURE = "unsure", _("Not sure yet")
    POOR = "poor", _("It does not fit")


class GoalOutcome(models.TextChoices):
    """What became of a goal, as both see it at the end."""

    REACHED = "reached", _("Reached")
    PARTLY = "partly", _("Partly reached")
    OPEN = "open", _("Not reached")
    DROPPED = "dropped", _("Not wanted any more")


OPEN_PAIRS = (PairState.AGREED, PairState.ACTIVE, PairState.PAUSED, PairState.CLOSING)
OPEN_REQUESTS = (RequestState.SENT,)
FAILED_REQUESTS = (RequestState.DECLINED, RequestState.EXPIRED, RequestState.SUPERSEDED)
