"""Forms of the editor of the path. They check only; `edit_step` and `edit_letter` save.

`seen` is the version the editor began with. After a conflict the form carries the version that stands now, so that what is
saved next was written by somebody who has seen it.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from core.forms import send_instead, sent
from onboarding.models import Letter, StepTemplate
from onboarding.placeholders import check_letter
from onboarding.services.edit_step import StepEdit

Data = QueryDict | None
LAST_DAY = 365
MOST_MINUTES = 2400
TEXT_LENGTH = 4000
OF_STEP = ("title", "why", "text", "done_when", "due_day", "short_day", "minutes", "is_required")


class _Text(forms.CharField):
    """Text of several lines, with one kind of line end."""

    def clean(self, value: Any) -> Any:
        """As it is stored."""
        return super().clean(str(value or "").replace("\r\n", "\n"))


def _line(label: Any, help_text: Any, length: int) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "input"})
    return forms.CharField(label=label, help_text=help_text, max_length=length, widget=widget)


def _text(label: Any, help_text: Any = "", *, length: int = TEXT_LENGTH, rows: int = 6) -> _Text:
    widget = forms.Textarea(attrs={"class": "input", "rows": rows})
    return _Text(label=label, help_text=help_text, max_length=length, widget=widget)


def _number(label: Any, help_text: Any, least: int, most: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "input short"})
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, widget=widget
    )


class EditorForm(forms.Form):
    """What both have in common."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What was typed, for the page that shows it once more before it is saved."""
        return [(name, value) for name in self.fields for value in sent(self, name)]

    def compare(self) -> list[tuple[str, str]]:
        """What stands now where it differs from what was typed, by label; the editor has seen it from here on."""
        self.reread()
        send_instead(self, "seen", str(self.version))
        rows = [(field, _words(self.standing[field.name])) for field in self if field.name in self.standing]
        return [(str(field.label), now) for field, now in rows if _typed(field) != now]

    @property
    def version(self) -> int:
        """Of what is edited, as it was read last."""
        raise NotImplementedError

    @property
    def standing(self) -> Mapping[str, Any]:
        """What stands, by field, as it was read last."""
        raise NotImplementedError

    def reread(self) -> None:
        """Reads what stands now."""
        raise NotImplementedError


class StepForm(EditorForm):
    """A step of the path with the texts of its branches."""

    title = _line(_("Title"), _("What to do, as a sentence that begins with a verb."), 120)
    why = _text(_("Why"), _("What the reader gets out of it."), length=1000, rows=3)
    text = _text(_("What to do"), rows=8)
    done_when = _line(_("Done when"), _("Something that others could see."), 300)
    due_day = _number(
        _("Day"), _("Calendar days from day 0. A day off moves to the next day of work."), 0, LAST_DAY
    )
    short_day = _number(
        _("Day on the short path"), _("For who has more than 24 months in the role."), 0, LAST_DAY
    )
    minutes = _number(_("Minutes"), _("How long it takes most people."), 1, MOST_MINUTES)
    is_required = forms.BooleanField(
        label=_("Has to be done"),
        required=False,
        help_text=_("Nobody is reminded of a step that need not be done, and the path ends without it."),
    )

    def __init__(self, data: Data = None, *, step: StepTemplate, labels: Mapping[str, str]) -> None:
        self.step = step
        self.branches = list(step.branches.all())
        super().__init__(data, initial={**self.standing, "seen": step.version})
        if step.short_day is None:
            del self.fields["short_day"]
        for branch in self.branches:
            self.fields[_name(branch.when)] = _text(labels.get(branch.when, branch.when), rows=4)

    @property
    def of_branches(self) -> list[forms.BoundField]:
        """The fields of the branches."""
        return [self[_name(branch.when)] for branch in self.branches]

    @property
    def version(self) -> int:
        """Of the step."""
        return self.step.version

    @property
    def standing(self) -> dict[str, Any]:
        """What the step says, by field."""
        texts = {_name(branch.when): branch.text for branch in self.branches}
        return {name: getattr(self.step, name) for name in OF_STEP} | texts

    def reread(self) -> None:
        """The step and its branches."""
        self.step = StepTemplate.objects.get(pk=self.step.pk)
        self.branches = list(self.step.branches.all())

    def clean_is_required(self) -> bool:
        """A path has something that has to be done."""
        required: bool = self.cleaned_data["is_required"]
        others = StepTemplate.objects.filter(template=self.step.template_id, is_required=True)
        if not required and not others.exclude(pk=self.step.pk).exists():
            raise forms.ValidationError(_gettext("A path needs a step that has to be done."))
        return required

    @property
    def edit(self) -> StepEdit:
        """What shall stand."""
        data = self.cleaned_data
        texts = {branch.when: data[_name(branch.when)] for branch in self.branches}
        values: dict[str, Any] = {name: data.get(name) for name in OF_STEP}
        return StepEdit(**values, branches=texts)


class LetterForm(EditorForm):
    """A letter with its placeholders."""

    subject = _line(_("Subject"), "", 200)
    body = _text(
        _("Text"), _("Each line is a paragraph. Words before a link and a colon become the link."), rows=16
    )

    def __init__(self, data: Data = None, *, letter: Letter) -> None:
        self.letter = letter
        super().__init__(data, initial={**self.standing, "seen": letter.version})

    @property
    def version(self) -> int:
        """Of the letter."""
        return self.letter.version

    @property
    def standing(self) -> dict[str, Any]:
        """What the letter says, by field."""
        return {"subject": self.letter.subject, "body": self.letter.body}

    def reread(self) -> None:
        """The letter."""
        self.letter = Letter.objects.get(pk=self.letter.pk)

    def clean(self) -> dict[str, Any]:
        """Every placeholder is one that is filled."""
        data = super().clean() or self.cleaned_data
        if {"subject", "body"} <= set(data):
            found = check_letter(self.letter, subject=data["subject"], body=data["body"])
            for field, error in found.items():
                self.add_error(field, error)
        return data


def _name(when: str) -> str:
    return f"for_{when}"


def _typed(field: forms.BoundField) -> str:
    return _words(field.value()).replace("\r\n", "\n")


def _words(value: Any) -> str:
    """As an editor reads it."""
    if isinstance(value, bool):
        return _gettext("Yes") if value else _gettext("No")
    return "" if value is None else str(value)
