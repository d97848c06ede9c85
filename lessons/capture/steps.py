"""The steps of recording a lesson, in order, with the fields each shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_WHYS = 5
WHYS = tuple(f"why_{number}" for number in range(1, MOST_WHYS + 1))


class StepKey(StrEnum):
    """As it stands in addresses."""

    PLANNED = "planned"
    HAPPENED = "happened"
    WHY = "why"
    COST = "cost"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `required` are the fields that must be filled before the lesson can be submitted."""

    key: StepKey
    label: str | Promise
    question: str | Promise
    hint: str | Promise
    fields: tuple[str, ...]
    required: tuple[str, ...] = ()


STEPS = (
    Step(
        StepKey.PLANNED,
        _("What was planned"),
        _("What was meant to happen?"),
        _("One event and one cause make one lesson. Leave out partner, product and people."),
        ("title", "planned", "alliance_type", "phase"),
        ("title", "alliance_type", "phase"),
    ),
    Step(
        StepKey.HAPPENED,
        _("What happened"),
        _("What happened?"),
        _("Facts in order, with weeks and numbers. No judgement: the why comes next."),
        ("happened",),
        ("happened",),
    ),
    Step(
        StepKey.WHY,
        _("Why"),
        _("Why did it happen?"),
        _(
            "Ask “why” of each answer until you reach something a person could change. Three are enough when the third "
            "is that."
        ),
        (*WHYS, "outcome"),
        (WHYS[0], "outcome"),
    ),
    Step(
        StepKey.COST,
        _("What it cost"),
        _("What did it cost, or gain?"),
        _("Rough figures are better than none. Leave open what you do not know."),
        ("impact_days", "impact_money_musd", "impact_relationship", "evidence"),
    ),
    Step(
        StepKey.TELL,
        _("What you would tell a colleague"),
        _("What would you tell a colleague?"),
        _("Who does what, and when. It becomes the first thing that readers see."),
        ("advice_who", "advice_does", "advice_when"),
        ("advice_who", "advice_does", "advice_when"),
    ),
)
BY_KEY: Mapping[str, Step] = {step.key: step for step in STEPS}
FIRST, LAST = STEPS[0], STEPS[-1]


def step_after(step: Step) -> Step:
    """The next one; the last stays."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def step_before(step: Step) -> Step:
    """The one before; the first stays."""
    return STEPS[max(STEPS.index(step) - 1, 0)]


def step_of(field: str) -> Step:
    """The step that shows a field; the last one for what stands beside all of them."""
    return next((step for step in STEPS if field in step.fields), LAST)
