"""Forms on the pages of steps. They check only; services save."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.choices import GoesOn

LINE_LENGTH = 300
OUTCOME_LENGTH = 2000


class TickForm(forms.Form):
    """What shows that the step is done."""

    line = forms.CharField(
        label=_("What did you do"),
        max_length=LINE_LENGTH,
        help_text=_("One line, or a link. Neither your mentor nor your manager sees it."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )


class ReadingForm(forms.Form):
    """One piece of reading with its line."""

    line = forms.CharField(
        label=_("What I will use"),
        max_length=LINE_LENGTH,
        error_messages={"required": _("Write in one line what you will use of it.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )

    def __init__(
        self, data: Mapping[str, str] | None = None, *, code: str, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=code, initial=initial)
        self.code = code
        self.fields["line"].widget.attrs["placeholder"] = _("I will …")


class HelloForm(forms.Form):
    """What the draft of the hello says besides name and kind of alliance."""

    brings = forms.CharField(
        label=_("What you did before, and bring"),
        required=False,
        max_length=LINE_LENGTH,
        help_text=_("A former quality auditor is useful to many."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    looks_for = forms.CharField(
        label=_("What you would like to know"),
        required=False,
        max_length=LINE_LENGTH,
        help_text=_("One thing. It is the first question you get an answer to."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    with_place = forms.BooleanField(label=_("Say where I am and when I work"), required=False)


class OutcomeForm(forms.Form):
    """What came of the ninety days."""

    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=OUTCOME_LENGTH,
        help_text=_(
            "What you do differently now, what the two of you reached, and what the next newcomer should know. "
            "Your mentor reads it too, once the path is completed."
        ),
        widget=forms.Textarea(attrs={"class": "input", "rows": 5}),
    )
    goes_on = forms.ChoiceField(
        label=_("How do the two of you go on?"), choices=GoesOn, widget=forms.RadioSelect
    )
