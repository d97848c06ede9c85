"""A facilitator edits a step of the path. Open steps follow, done ones keep the words and the day they had.

Invariants: nobody edits over another's edit (`EditConflict`); the words a done step keeps are those that stood when it was
done, since all steps of the template are locked before the words change, and every edit keeps those of what is done by then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core.services.record import record
from onboarding.choices import RUNNING, UNDONE
from onboarding.due_days import Days, days_of, moved, written
from onboarding.models import Journey, JourneyTemplate, Step, StepTemplate
from onboarding.services.tick_step import complete
from people.models import User

BATCH = 500
ACTION = "step_template.edit"


class EditConflict(ValidationError):
    """Somebody else saved after the editor began; nothing of either text is lost."""


@dataclass(frozen=True, slots=True)
class StepEdit:
    """A step as it shall stand; `branches` are the texts by `StepBranch.when`.

    Which steps the short path has is no matter of an edit: a step has a `short_day` before and after, or neither.
    """

    title: str
    why: str
    text: str
    done_when: str
    due_day: int
    short_day: int | None
    minutes: int
    is_required: bool
    branches: Mapping[str, str]

    @property
    def days(self) -> Days:
        """The day on either path."""
        return Days(self.due_day, self.short_day)


@transaction.atomic
def edit_step(*, actor: User, step_id: int, edit: StepEdit, seen: int) -> bool:
    """Whether anything is different. `seen` is the version the editor began with."""
    template = StepTemplate.objects.select_for_update(of=("self",)).get(pk=step_id)
    if template.version != seen:
        raise conflict()
    changes = changes_of(template, edit)
    if not changes:
        return False
    if (edit.short_day is None) != (template.short_day is None):
        raise ValidationError({"short_day": _("Which steps the short path has stays as it is.")})
    steps = list(steps_of(template).select_for_update(of=("self",)))
    _keep_words(template)
    Step.objects.bulk_update(_moved(template, steps, edit.days), ["due"], batch_size=BATCH)
    _write(template, edit, actor)
    record(actor=actor, action=ACTION, target=template, changes=changes)
    if not edit.is_required:
        _end_paths(step.journey for step in steps)
    return True


def conflict() -> EditConflict:
    """What the second of two editors is told."""
    return EditConflict(
        _(
            "Somebody changed this while you wrote. What stands now is above your words: join them, then go on."
        )
    )


def steps_of(template: StepTemplate) -> Any:
    """The open steps that an edit reaches: those of paths that are not over."""
    rows = Step.objects.filter(template=template, state__in=UNDONE, journey__state__in=RUNNING)
    return rows.select_related("journey__appointment", "journey__person__profile").order_by("due", "pk")


def changes_of(template: StepTemplate, edit: StepEdit) -> dict[str, tuple[object, object]]:
    """What differs, by field; texts of branches by what they are for."""
    wanted = asdict(edit)
    texts: Mapping[str, str] = wanted.pop("branches")
    pairs = {name: (getattr(template, name), value) for name, value in wanted.items()}
    for branch in template.branches.all():
        pairs[f"text for {branch.when}"] = (branch.text, texts.get(branch.when, branch.text))
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _keep_words(template: StepTemplate) -> None:
    over = Step.objects.filter(template=template, kept={}).exclude(state__in=UNDONE)
    over.update(kept=template.words())


def _moved(template: StepTemplate, steps: Iterable[Step], days: Days) -> list[Step]:
    """The steps whose date is another now."""
    found = []
    for step in steps:
        due = due_after(step, template, days)
        if due != step.due:
            step.due = due
            found.append(step)
    return found


def due_after(step: Step, template: StepTemplate, days: Days) -> Any:
    """The date of an open step once its template says `days`."""
    before, after = (written(step.journey, found) for found in (days_of(template), days))
    return moved(step.journey.person.profile, step.due, before=before, after=after)


def _write(template: StepTemplate, edit: StepEdit, actor: User) -> None:
    for name, value in asdict(edit).items():
        if name != "branches":
            setattr(template, name, value)
    template.version += 1
    template.edited, template.edited_by = timezone.now(), actor
    template.save()
    for branch in template.branches.all():
        if (text := edit.branches.get(branch.when, branch.text)) != branch.text:
            branch.text = text
            branch.save(update_fields=["text"])
    JourneyTemplate.objects.filter(pk=template.template_id).update(version=F("version") + 1)


def _end_paths(journeys: Iterable[Journey]) -> None:
    """A path ends where what need not be done is all that was left. Everybody locks paths in this order."""
    for journey in sorted(journeys, key=attrgetter("pk")):
        complete(journey)
