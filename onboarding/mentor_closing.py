"""What the letter to the mentor says once the path of their mentee is completed: numbers, and the first words of what came of it.

Whoever was the mentor on that day reads it, by the rule of the panel on the page of the pair: without the last step, no word.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.api import PairFigures, figures_of
from onboarding.choices import GoesOn, JourneyState, StepState
from onboarding.letter_values import Links
from onboarding.models import Journey, RoleAppointment
from onboarding.services.close_path import CLOSE
from people.models import User

WORDS = 300


def mentors_of(journey: Journey) -> set[int]:
    """Whose mentee its person was on the day it was completed. One query."""
    return {pair.mentor_id for pair in figures_of([journey.person_id]) if _ended_as(journey, pair)}


def pairs_ended(rows: Iterable[RoleAppointment], mentor: User) -> dict[int, PairFigures]:
    """The mentor's pairs by appointment, of the paths that were completed while they were one. One query."""
    paths = [row for row in rows if hasattr(row, "journey")]
    pairs = figures_of({row.person_id for row in paths}) if paths else []
    own = [pair for pair in pairs if pair.mentor_id == mentor.pk]
    found = ((row.pk, pair) for row in paths for pair in own if _ended_as(row.journey, pair))
    return dict(reversed(list(found)))


def mentor_values(appointment: RoleAppointment, pair: PairFigures, reader: User) -> dict[str, str]:
    """Words by placeholder; nothing else of the person is filled in here."""
    person, journey = appointment.person, appointment.journey
    found = {
        "mentor_first_name": reader.get_short_name(),
        "mentee_name": person.name,
        "mentee_first_name": person.get_short_name(),
        "sessions_held": str(pair.talks),
    }
    if pair.goals_set:
        found |= {"goals_reached": str(pair.goals_reached), "goals_total": str(pair.goals_set)}
    if words := _outcome(journey):
        found["outcome_sentence"] = words
    if pair.ended is not None:
        found["free_from"] = date_format(timezone.localdate(pair.ended), "j F Y")
    elif journey.goes_on != GoesOn.CLOSES:
        found["free_from"] = date_format(pair.due_end, "j F Y")
    return found


def mentor_links(pair: PairFigures) -> Links:
    """Path and words by placeholder."""
    return {
        "pair_link": (pair.url, _("Go to the two of you")),
        "mentor_settings_link": (reverse("mentoring:profile"), _("Your places")),
    }


def _ended_as(journey: Journey, pair: PairFigures) -> bool:
    if (
        pair.mentee_id != journey.person_id
        or journey.state != JourneyState.COMPLETED
        or journey.completed is None
    ):
        return False
    return pair.was_open(journey.completed)


def _outcome(journey: Journey) -> str:
    """The first line, where the last step is done."""
    done = any(step.template.code == CLOSE and step.state == StepState.DONE for step in journey.steps.all())
    lines = [line.strip() for line in journey.outcome.splitlines() if line.strip()] if done else []
    first = lines[0] if lines else ""
    return first if len(first) <= WORDS else f"{first[:WORDS].rstrip()}…"
