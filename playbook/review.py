"""When a play is to be reviewed, and what a reader may think of its state.

A play that nobody verified is "Not yet verified": the day it was loaded or edited says nothing of its truth.
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MONTHS_IN_YEAR = 12


class RiskTier(models.TextChoices):
    """How often a play is reviewed."""

    HIGH = "high", _("Every 6 months: a mistake here is costly")
    NORMAL = "normal", _("Every 12 months")
    STABLE = "stable", _("Every 24 months: it seldom changes")


REVIEW_MONTHS = {RiskTier.HIGH: 6, RiskTier.NORMAL: 12, RiskTier.STABLE: 24}


class Trust(StrEnum):
    """The state of a play; the words and icons stand in templates/playbook/trust.html."""

    NOT_VERIFIED = "not_verified"
    VERIFIED = "verified"
    REVIEW_DUE = "review_due"


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last day of a shorter month where there is none."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    last_day = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last_day))


def next_review(verified: date | None, risk_tier: str) -> date | None:
    """The day of the next review, or None while nobody has verified the play."""
    return months_later(verified, REVIEW_MONTHS[RiskTier(risk_tier)]) if verified else None


def trust_of(verified: date | None, risk_tier: str) -> Trust:
    """Verified until the day of review; from that day on, due."""
    due = next_review(verified, risk_tier)
    if due is None:
        return Trust.NOT_VERIFIED
    return Trust.REVIEW_DUE if timezone.localdate() >= due else Trust.VERIFIED
