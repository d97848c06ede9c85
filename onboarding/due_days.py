"""When steps are due. The one home of this rule.

As written, a step is due so many calendar days after day 0, those of pauses added; a day on which the person does not
work becomes the next on which they do. A date that a pause or a person moved keeps what it was moved by.
"""

from datetime import date, timedelta

from onboarding.models import Journey, StepTemplate
from people.api import next_working_day
from people.models import Profile

SHORT_PATH = {"S1": 1, "S3": 2, "S5": 7, "S7": 14, "S13": 45}
"""What the experienced do, and on which day; facilitators set the days of the long path only."""


def short_or_long(code: str, day: int, *, experienced: bool) -> int | None:
    """The day of a step that the long path has on `day`; None where the short path leaves it out."""
    return SHORT_PATH.get(code) if experienced else day


def written(journey: Journey, template: StepTemplate, day: int) -> date:
    """The date of a step as written, whether or not the person works on it. `journey` comes with its appointment."""
    found = short_or_long(template.code, day, experienced=journey.appointment.is_experienced)
    return journey.day_zero + timedelta((day if found is None else found) + journey.days_paused)


def moved(profile: Profile, due: date, *, before: date, after: date) -> date:
    """Where a due date goes when the date as written goes from `before` to `after`."""
    as_written = due == next_working_day(profile, before)
    return next_working_day(profile, after if as_written else due + (after - before))
