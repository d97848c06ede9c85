"""What facilitators see before they edit the path: steps and letters with figures, and whom an edit would reach.

Paths are their persons' alone, so that dates are shown and counted without names; of a step that a self-check is part
of, nothing is counted but the paths that have it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Term, Vocabulary
from onboarding.choices import RUNNING, UNDONE, UNTOLD, Owner
from onboarding.models import Letter, Step, StepTemplate
from onboarding.placeholders import USES
from onboarding.reading.journey import BY_ITSELF
from onboarding.services.edit_step import StepEdit, due_after, steps_of


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the list; `open` and `done` count paths. Neither is told of a step that a self-check is part of."""

    step: StepTemplate
    kind: str
    owners: str
    open: int
    done: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter in the list."""

    letter: Letter
    when: str


@dataclass(frozen=True, slots=True)
class Move:
    """So many due dates go from one day to another; `overdue` where that day is over."""

    before: date
    after: date
    count: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """Whom an edit reaches: open paths, done steps that stay, dates that move, paths that end by it.

    Where `told` is false, `open` counts the running paths that have the step, done or not, and the rest is kept quiet.
    """

    open: int
    done: int
    ends: int
    moves: Sequence[Move]
    told: bool = True

    @property
    def moving(self) -> int:
        """How many dates move."""
        return sum(move.count for move in self.moves)

    @property
    def overdue(self) -> int:
        """How many of them are over then."""
        return sum(move.count for move in self.moves if move.overdue)


def step_lines() -> list[StepLine]:
    """The steps of the path with their figures. Two queries."""
    counted = Step.objects.values("template").annotate(
        open=Count("pk", filter=Q(state__in=UNDONE, journey__state__in=RUNNING)),
        done=Count("pk", filter=~Q(state__in=UNDONE)),
    )
    figures = {row["template"]: (row["open"], row["done"]) for row in counted.order_by()}
    steps = StepTemplate.objects.filter(template__is_default=True).select_related("edited_by")
    return [
        StepLine(
            step,
            kind_words(step),
            owner_words(step),
            *figures.get(step.pk, (0, 0)),
            told=step.code not in UNTOLD,
        )
        for step in steps
    ]


def letter_lines() -> list[LetterLine]:
    """The letters, in the order in which they go. One query."""
    letters = {letter.key: letter for letter in Letter.objects.select_related("edited_by")}
    return [LetterLine(letters[key], str(use.when)) for key, use in USES.items() if key in letters]


def kind_words(step: StepTemplate) -> str:
    """How it is ticked."""
    if step.code in BY_ITSELF:
        return _("Ticks itself")
    if {Owner.PERSON, Owner.MANAGER} == set(step.owners):
        return _("Ticked by both")
    return _("Ticked with a line")


def owner_words(step: StepTemplate) -> str:
    """Who does it, as facilitators speak of them."""
    words = {
        Owner.PERSON: _("Newcomer"),
        Owner.MENTOR: _("mentor"),
        Owner.MANAGER: _("manager"),
    }
    found = ", ".join(words[owner] for owner in Owner if owner in step.owners)
    return found[:1].upper() + found[1:]


def branch_labels() -> dict[str, str]:
    """For whom a branch is, in words. Two queries."""
    return {
        **Term.objects.labels(Vocabulary.LIFECYCLE_PHASE),
        **Term.objects.labels(Vocabulary.ALLIANCE_TYPE),
        "handover": _("Takes over from somebody"),
        "part_time": _("Less than 40 per cent of their time"),
        "experienced": _("More than 24 months in the role"),
        "no_title": _("Does the work without the title"),
        "team_lead": _("Leads a team"),
    }


def effect_of(template: StepTemplate, edit: StepEdit, *, now: datetime | None = None) -> Effect:
    """What an edit would do. Two queries, a third where the step need not be done any more."""
    if template.code in UNTOLD:
        paths = Step.objects.filter(template=template, journey__state__in=RUNNING).count()
        return Effect(paths, 0, 0, (), told=False)
    today = (now or timezone.now()).date()
    steps = list(steps_of(template))
    dates = Counter((step.due, due_after(step, template, edit.days)) for step in steps)
    moves = [
        Move(before, after, count, after < today)
        for (before, after), count in sorted(dates.items())
        if before != after
    ]
    done = Step.objects.filter(template=template).exclude(state__in=UNDONE).count()
    ends = _ending(template, steps) if template.is_required and not edit.is_required else 0
    return Effect(len(steps), done, ends, moves)


def _ending(template: StepTemplate, steps: Sequence[Step]) -> int:
    """Paths on which nothing else is left that has to be done."""
    others = Step.objects.undone().exclude(template=template).filter(template__is_required=True)
    left = set(others.filter(journey__state__in=RUNNING).values_list("journey", flat=True))
    return sum(step.journey_id not in left for step in steps)
