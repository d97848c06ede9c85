"""The steps of a mentee on the page of the pair, for the mentor and the mentee: titles and days.

What came of them is shown at the end; lines and ratings never are, nor whether the self-check was taken.
"""

from mentoring.api import pair_panels
from onboarding.choices import UNTOLD, JourneyState
from onboarding.models import Journey
from people.data import Panel

SHOWN = (JourneyState.ACTIVE, JourneyState.PAUSED, JourneyState.COMPLETED)


def steps_of(mentee_id: int, mentor_id: int, reader: object) -> Panel | None:
    """None where the mentee is on no path that is shown. Two queries."""
    if getattr(reader, "pk", None) not in (mentee_id, mentor_id):
        return None
    journey = Journey.objects.filter(person=mentee_id, state__in=SHOWN).first()
    if journey is None:
        return None
    steps = list(journey.steps.select_related("template"))
    context = {"steps": steps, "untold": UNTOLD, "outcome": journey.outcome}
    return Panel("onboarding/mentee_panel.html", context, order=10)


def register() -> None:
    """Called once when the app is ready."""
    pair_panels.register("onboarding", steps_of)
