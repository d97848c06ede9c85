"""Forms of a pair. What a service refuses comes back as an error of the form; nothing typed is lost."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import field_of
from mentoring.choices import Fit, GoalOutcome, NoteFor
from mentoring.hours import NoSuchTime, moment_of
from mentoring.models import Goal
from mentoring.models.mentorship import GOAL_LENGTH
from mentoring.models.sessions import MINUTES
from mentoring.services import answer_pulse, close_pair, keep_agreement, set_goals, snooze_case, write_note
from mentoring.services.plan_talk import LONGEST, SHORTEST
from people.models import User

VALUES = tuple((str(value), str(value)) for value in answer_pulse.VALUES)
YES_OR_NO = (("yes", _("Yes")), ("no", _("No")))

if TYPE_CHECKING:
    _PersonField = forms.ModelChoiceField[User]
else:
    _PersonField = forms.ModelChoiceField


class PairForm(forms.Form):
    """A form whose fields carry the look of the portal."""

    radios: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs.setdefault("class", "input")

    @property
    def status(self) -> int:
        """The status of the page that shows this form again."""
        return 422 if self.is_bound and self.errors else 200

    def does(self, act: Callable[[], object]) -> bool:
        """Whether an act went through; its refusal in words becomes an error of the form."""
        try:
            act()
        except ValidationError as refusal:
            known = hasattr(refusal, "error_dict") and set(refusal.error_dict) <= set(self.fields)
            self.add_error(None, refusal if known else ValidationError(refusal.messages))
            return False
        return True


class TimeForm(PairForm):
    """When a talk is, by the clock of who fills it in; `start` is the moment in UTC."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(label=_("Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), initial=MINUTES, min_value=SHORTEST, max_value=LONGEST)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.start: datetime | None = None

    def clean(self) -> dict[str, Any]:
        """Refuses an hour that the clocks leap over."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, clock = cleaned.get("day"), cleaned.get("clock")
        if isinstance(day, date) and isinstance(clock, time):
            try:
                self.start = moment_of(datetime.combine(day, clock), self.zone)
            except (NoSuchTime, OverflowError):
                self.add_error("clock", _("The clocks go forward that night: this time does not exist."))
        return cleaned


class NoteForm(PairForm):
    """A note for oneself or for both."""

    radios = ("visibility",)

    body = forms.CharField(
        label=_("A note"),
        max_length=write_note.NOTE_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
    visibility = forms.ChoiceField(
        label=_("Who reads it"), choices=NoteFor, initial=NoteFor.ME, widget=forms.RadioSelect
    )


class AgendaForm(PairForm):
    """Further points of a talk."""

    added = forms.CharField(
        label=_("Further points"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class AgreementForm(PairForm):
    """The text of the agreement; `seen` and `digest` are the version and the words it was begun with."""

    text = forms.CharField(
        label=_("What you agree"),
        help_text=_("Both signatures are cleared when you keep a change."),
        max_length=keep_agreement.TEXT_LENGTH,
        widget=forms.Textarea({"rows": 16}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, required=False)


class PulseForm(PairForm):
    """Two choices and a button; a comment for who likes to write one."""

    radios = ("fit", "value")

    fit = forms.ChoiceField(label=_("Do you two fit?"), choices=Fit, widget=forms.RadioSelect)
    value = forms.ChoiceField(
        label=_("How useful was it so far?"),
        help_text=_("1 is not at all, 5 is very."),
        choices=VALUES,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Anything for the coordinator?"),
        help_text=_("Nobody else reads it."),
        max_length=answer_pulse.COMMENT_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class PersonChoice(_PersonField):
    """People by name and what they do."""

    def label_from_instance(self, obj: User) -> str:
        """Such as "Mei Tanaka, Alliance director"."""
        return ", ".join(part for part in (obj.name, obj.profile.job_title) if part)


class BackupForm(PairForm):
    """Who stands in."""

    backup = PersonChoice(
        label=_("Stands in"),
        help_text=_("They lead the talks that fall into your absence, and see those alone."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "backup", forms.ModelChoiceField).queryset = people


class SnoozeForm(PairForm):
    """Until when a case is set aside, and why."""

    until = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        label=_("Why"),
        help_text=_("For whoever looks next, such as: rang both, talk on Thursday."),
        max_length=snooze_case.NOTE_LENGTH,
    )


class CloseForm(PairForm):
    """What became of each goal, and a look back."""

    value = forms.ChoiceField(
        label=_("How much did it help you?"),
        help_text=_("1 is not at all, 5 is very."),
        choices=VALUES,
        widget=forms.RadioSelect,
    )
    recommends = forms.ChoiceField(
        label=_("Would you tell a colleague to do the same?"), choices=YES_OR_NO, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What would you tell the next one?"),
        help_text=_("Both of you read it. You may make it a lesson afterwards."),
        max_length=close_pair.NOTE_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goals = goals
        for goal in goals:
            self.fields[f"goal_{goal.pk}"] = forms.ChoiceField(
                label=goal.title,
                choices=GoalOutcome,
                initial=goal.outcome or None,
                widget=forms.RadioSelect,
            )

    @property
    def goals(self) -> list[forms.BoundField]:
        """The questions about the goals."""
        return [self[f"goal_{goal.pk}"] for goal in self._goals]

    @property
    def outcomes(self) -> dict[int, str]:
        """What was chosen, by the number of the goal."""
        return {goal.pk: self.cleaned_data[f"goal_{goal.pk}"] for goal in self._goals}


class GoalsForm(PairForm):
    """Three goals, each with its sign and how far it has come."""

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(goals), **kwargs)
        for number in range(set_goals.MOST):
            for name, field in _goal_fields(number).items():
                field.widget.attrs["class"] = "input"
                self.fields[name] = field

    @property
    def rows(self) -> list[dict[str, forms.BoundField]]:
        """The fields goal by goal."""
        names = ("title", "measure", "progress")
        return [{name: self[f"{name}_{row}"] for name in names} for row in range(set_goals.MOST)]

    @property
    def goals(self) -> list[set_goals.GoalText]:
        """The goals that were written, in order."""
        data = self.cleaned_data
        return [
            set_goals.GoalText(data[f"title_{row}"], data[f"measure_{row}"], data[f"progress_{row}"] or 0)
            for row in range(set_goals.MOST)
            if data[f"title_{row}"].strip()
        ]


def _goal_fields(number: int) -> dict[str, forms.Field]:
    return {
        f"title_{number}": forms.CharField(label=_("Goal"), max_length=GOAL_LENGTH, required=False),
        f"measure_{number}": forms.CharField(
            label=_("Sign of success"),
            help_text=_("What others can see."),
            max_length=GOAL_LENGTH,
            required=False,
        ),
        f"progress_{number}": forms.IntegerField(
            label=_("How far, in per cent"), min_value=0, max_value=set_goals.DONE, required=False
        ),
    }


def _initial(goals: Sequence[Goal]) -> dict[str, object]:
    return {
        f"{name}_{row}": getattr(goal, name)
        for row, goal in enumerate(goals)
        for name in ("title", "measure", "progress")
    }
