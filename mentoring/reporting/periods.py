"""The stretch of time that a report is about. Days are counted by UTC, as those of pairs are."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mentoring.days import current_day

LENGTHS = {"90": 90, "365": 365}


class Span(TextChoices):
    """What can be chosen."""

    QUARTER = "90", _("Last 90 days")
    YEAR = "365", _("Last 12 months")
    EVER = "all", _("From the beginning")


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; no first day means from the beginning."""

    span: Span
    since: date | None
    until: date

    @property
    def begins(self) -> datetime | None:
        """The first moment."""
        return datetime.combine(self.since, time.min, tzinfo=UTC) if self.since else None


def period_of(code: str) -> Period:
    """The period of a code, until today; twelve months for a code that nobody knows."""
    span = Span(code) if code in Span.values else Span.YEAR
    today = current_day()
    length = LENGTHS.get(span.value)
    return Period(span, today - timedelta(days=length - 1) if length else None, today)
