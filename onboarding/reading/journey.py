"""What a person sees of their own path: the steps in words, what comes next, and how they keep up.

The number of queries does not grow with what a path holds. Codes of plays, tools and lessons become links of what the
reader may open now; what they may not is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Case, When, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from onboarding.branches import Kind, Reading, branches_for, further_lines, kinds_of, reading_of
from onboarding.choices import RESTING, RUNNING, JourneyState, StepState, Tempo
from onboarding.models import Journey, Step
from people.api import zone_of
from people.models import User

SOON = timedelta(days=7)
BEHIND, AT_RISK = 1, 3
"""So many overdue steps make somebody be behind, so many put the path at risk."""
ACTS = {
    "S1": ("onboarding:context", ""),
    "S2": ("mentoring:choose", ""),
    "S3": ("onboarding:hello", ""),
    "S5": ("people:check", ""),
    "S6": ("mentoring:home", ""),
    "S10": ("mentoring:home", ""),
    "S13": ("lessons:new", ""),
}
"""Where the real thing is done, by step: the name of the page and what its address asks for."""
BY_ITSELF = frozenset({"S1", "S2", "S3", "S5", "S6", "S7", "S10", "S13", "S14"})
"""Steps that tick themselves; the others are ticked by the person with a line."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as it stands."""

    step: Step
    is_next: bool
    late: bool

    @property
    def title(self) -> str:
        """As facilitators word it."""
        return self.step.title

    @property
    def url(self) -> str:
        """Its page."""
        return self.step.get_absolute_url()

    @property
    def act(self) -> str:
        """Where the real thing is done; empty where that is outside of the portal."""
        return act_of(self.step)


def act_of(step: Step) -> str:
    """The address of where a step is done."""
    name, query = ACTS.get(step.template.code, ("", ""))
    return reverse(name) + query if name else ""


class MyPath:
    """The newest path of one person. Reads when asked, and once."""

    def __init__(self, person: User) -> None:
        self.person = person

    @cached_property
    def journey(self) -> Journey | None:
        """The one that runs, else the last that was completed."""
        shown = (*RUNNING, JourneyState.COMPLETED)
        rows = Journey.objects.visible_to(self.person).filter(state__in=shown)
        over = Case(When(state=JourneyState.COMPLETED, then=1), default=0)
        return rows.select_related("appointment").order_by(over, "-day_zero", "-pk").first()

    @cached_property
    def today(self) -> date:
        """By the person's own clock."""
        return timezone.now().astimezone(zone_of(self.person)).date()

    @cached_property
    def steps(self) -> list[Step]:
        """All of them, as they are due."""
        return list(self.journey.steps.select_related("template")) if self.journey else []

    @cached_property
    def rows(self) -> list[StepRow]:
        """Steps with what to say of them."""
        following = next((step for step in self.steps if step.state == StepState.OPEN), None)
        return [StepRow(step, step == following, self._late(step)) for step in self.steps]

    @property
    def next(self) -> StepRow | None:
        """The best next step."""
        return next((row for row in self.rows if row.is_next), None)

    @property
    def coming(self) -> list[StepRow]:
        """What can be done now, the nearest first."""
        return [row for row in self.rows if row.step.state == StepState.OPEN]

    @property
    def due_soon(self) -> int:
        """How many are due within a week or overdue."""
        return sum(row.step.due <= self.today + SOON for row in self.coming)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.state == StepState.DONE for step in self.steps)

    @property
    def share(self) -> int:
        """Per cent done."""
        return round(100 * self.done / len(self.steps)) if self.steps else 0

    @property
    def day(self) -> int:
        """The day of the path."""
        return self.journey.day(self.today) if self.journey else 0

    @property
    def tempo(self) -> Tempo:
        """How the person keeps up."""
        late = sum(row.late for row in self.rows)
        if late >= AT_RISK:
            return Tempo.AT_RISK
        return Tempo.BEHIND if late >= BEHIND else Tempo.ON_TRACK

    @cached_property
    def kinds(self) -> list[Kind]:
        """The alliances it is for, the lead first."""
        return kinds_of(self.journey) if self.journey else []

    @property
    def kind(self) -> Kind:
        """What kind of alliance the lead is."""
        return next(iter(self.kinds), Kind())

    def _late(self, step: Step) -> bool:
        resting = self.journey is not None and self.journey.state in RESTING
        waits = step.state == StepState.OPEN and step.template.is_required
        return waits and step.due < self.today and not resting


@dataclass(frozen=True, slots=True)
class Advice:
    """What a step says for this person: texts of the lead alliance, lines of the others by code name, codes to read."""

    texts: Sequence[str]
    further: Sequence[tuple[str, str]]
    reading: Reading


def advice_of(path: MyPath, step: Step) -> Advice:
    """The branches of a step that are for the person of the path. Two queries, and those of the kind."""
    assert path.journey is not None
    prefetch_related_objects([step.template], "branches")
    branches = branches_for(path.journey, step.template, path.kind)
    lines = further_lines(step.template, branches, path.kinds[1:])
    return Advice(
        texts=[step.branch_text(branch) for branch in branches],
        further=[(line.code_name, step.branch_text(line.branch)) for line in lines],
        reading=reading_of(step.template, branches),
    )
