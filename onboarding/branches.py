"""Which branches of a step are for whom: phase and type of the lead alliance, and how somebody came to the work.

The lead alliance has the highest tier among those that the person described, else among those in whose team they are
confirmed; it picks the branches. Each further alliance adds a line to the steps that have something to say of its kind.
What a branch names replaces nothing: its plays, tools and lessons stand before those of the step.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alliances.api import alliances_of
from onboarding.models import Journey, StepBranch, StepTemplate

PART_TIME_BELOW = 40
CORE_READING = "S7"


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of alliance a path is for: codes, empty where unknown, and the code name for the person alone."""

    phase: str = ""
    alliance_type: str = ""
    code_name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a step says because of a further alliance of this code name."""

    code_name: str
    branch: StepBranch


@dataclass(frozen=True, slots=True)
class Reading:
    """Codes of what a step points to, each once, what a branch names first."""

    plays: tuple[str, ...]
    tools: tuple[str, ...]
    lessons: tuple[str, ...]


def kinds_of(journey: Journey) -> list[Kind]:
    """The alliances that the path is for, the lead first. Two queries at most."""
    described = journey.appointment.assignments.order_by("-is_lead", "pk")
    told = [Kind(one.phase, one.alliance_type, one.code_name) for one in described]
    return told or [
        Kind(one.phase, one.alliance_type, one.code_name) for one in alliances_of(journey.person_id)
    ]


def branches_for(journey: Journey, step: StepTemplate, kind: Kind) -> list[StepBranch]:
    """The branches of a step that are for this person, in their order."""
    wanted = _wanted(journey, kind)
    return [branch for branch in step.branches.all() if branch.when in wanted]


def further_lines(step: StepTemplate, branches: Sequence[StepBranch], further: Sequence[Kind]) -> list[Line]:
    """What the other alliances add; what the lead or an earlier one brought is not said again."""
    said, lines = {branch.pk for branch in branches}, []
    for kind in further:
        for branch in step.branches.all():
            if branch.when in (kind.phase, kind.alliance_type) and branch.when and branch.pk not in said:
                said.add(branch.pk)
                lines.append(Line(kind.code_name, branch))
    return lines


def reading_of(step: StepTemplate, branches: Sequence[StepBranch]) -> Reading:
    """What to read and use. Core reading is what the branches name; the step's own only where they name none."""
    return Reading(*(_codes(step, branches, name) for name in ("plays", "tools", "lessons")))


def _codes(step: StepTemplate, branches: Sequence[StepBranch], name: str) -> tuple[str, ...]:
    named = [code for branch in branches for code in getattr(branch, name)]
    own = [] if step.code == CORE_READING and named else getattr(step, name)
    return tuple(dict.fromkeys([*named, *own]))


def _wanted(journey: Journey, kind: Kind) -> set[str]:
    appointment = journey.appointment
    share = appointment.share_of_time
    known = {
        kind.phase: True,
        kind.alliance_type: True,
        "handover": bool(appointment.takes_over_from),
        "part_time": share is not None and share < PART_TIME_BELOW,
        "experienced": appointment.is_experienced,
    }
    return {name for name, holds in known.items() if holds and name}
