"""The steps of a mentee on the page of the pair, for the mentor and the mentee: titles and days.

What came of them is shown with the last step once that is done and the path completed, to the mentor of the end alone: shown
before, the one without the other would tell whether the self-check was taken again. Lines and ratings never are shown.
"""

from mentoring.api import pair_panels, paired_at
from onboarding.choices import UNTOLD, JourneyState, StepState
from onboarding.models import Journey, Step
from onboarding.services.close_path import CLOSE, told_on
from people.data import Panel

SHOWN = (JourneyState.ACTIVE, JourneyState.PAUSED, JourneyState.COMPLETED)


def steps_of(mentee_id: int, mentor_id: int, reader: object) -> Panel | None:
    """None where the mentee is on no path that is shown. Four queries at most."""
    if getattr(reader, "pk", None) not in (mentee_id, mentor_id):
        return None
    journey = Journey.objects.filter(person=mentee_id, state__in=SHOWN).first()
    if journey is None:
        return None
    steps = list(journey.steps.select_related("template"))
    last = next((step for step in steps if step.template.code == CLOSE), None)
    told = last is not None and _tells(journey, last, mentor_id)
    context = {
        "steps": steps,
        "untold": UNTOLD - {CLOSE} if told else UNTOLD,
        "outcome": journey.outcome if told else "",
    }
    return Panel("onboarding/mentee_panel.html", context, order=10)


def _tells(journey: Journey, last: Step, mentor_id: int) -> bool:
    """Whether both halves of the last step are there, and this mentor is, or was at the end, the one who reads of it."""
    if journey.state != JourneyState.COMPLETED or last.state != StepState.DONE:
        return False
    moments = [moment for moment in (journey.completed, told_on(last)) if moment is not None]
    return paired_at(journey.person_id, mentor_id, moments)


def register() -> None:
    """Called once when the app is ready."""
    pair_panels.register("onboarding", steps_of)
