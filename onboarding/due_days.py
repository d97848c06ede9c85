"""When steps are due. The one home of this rule.

As written, a step is due so many calendar days after day 0, those of pauses added; a day on which the person does not
work becomes the next on which they do. A date that a pause or a person moved keeps what it was moved by.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from onboarding.models import Journey, StepTemplate
from people.api import next_working_day
from people.models import Profile


@dataclass(frozen=True, slots=True)
class Days:
    """The day of a step on the path, and on the short path of the experienced; None where that leaves it out."""

    long: int
    short: int | None

    def of(self, *, experienced: bool) -> int | None:
        """The one that counts."""
        return self.short if experienced else self.long


def days_of(template: StepTemplate) -> Days:
    """As facilitators set them."""
    return Days(template.due_day, template.short_day)


def written(journey: Journey, days: Days) -> date:
    """The date of a step as written, whether or not the person works on it. `journey` comes with its appointment."""
    found = days.of(experienced=journey.appointment.is_experienced)
    return journey.day_zero + timedelta((days.long if found is None else found) + journey.days_paused)


def moved(profile: Profile, due: date, *, before: date, after: date) -> date:
    """Where a due date goes when the date as written goes from `before` to `after`."""
    as_written = due == next_working_day(profile, before)
    return next_working_day(profile, after if as_written else due + (after - before))
