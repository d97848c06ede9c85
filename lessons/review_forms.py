"""Forms of those who look after lessons: the decision of a review, the play a lesson goes to, who may read it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import audiences
from core.audience_kinds import further_choices
from core.models import Term, Vocabulary
from lessons.services.move import MOST_WORDS
from playbook.data import PlayRef


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=MOST_WORDS,
        help_text=help_text,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4}),
    )


class DecisionForm(forms.Form):
    """Screen, validate or return; the words go to the author."""

    SCREEN, VALIDATE, RETURN = "screen", "validate", "return"

    act = forms.ChoiceField(
        choices=[(name, name) for name in (SCREEN, VALIDATE, RETURN)], widget=forms.HiddenInput()
    )
    note = _words(
        _("Words for the author"),
        _("Needed when you return it: say what to change. Welcome otherwise."),
    )


class RouteForm(forms.Form):
    """The play whose owner is asked."""

    def __init__(self, *args: Any, likely: list[PlayRef], others: list[PlayRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(_("Likely"), likely), (_("All others"), others)]
        named = [
            (label, [(play.pk, f"{play.code} {play.title}") for play in plays])
            for label, plays in groups
            if plays
        ]
        self.fields["play"] = forms.TypedChoiceField(
            label=_("Which play should change?"),
            coerce=int,
            choices=[("", _("Choose a play")), *named],
            widget=forms.Select(attrs={"class": "input"}),
        )


class AnswerForm(forms.Form):
    """What the owner of a play makes of a lesson."""

    EMBED, REJECT, CHECK = "embed", "reject", "check"

    act = forms.ChoiceField(
        choices=[(name, name) for name in (EMBED, REJECT, CHECK)], widget=forms.HiddenInput()
    )
    reason = _words(_("Why not?"), _("Everybody who reads the lesson reads this."))
    seen = _words(
        _("What did you see?"), _("A figure, a date, a meeting that went better. Everybody can read it.")
    )

    def __init__(self, *args: Any, steps: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step_key"] = forms.ChoiceField(
            label=_("Which step changes?"),
            required=False,
            choices=list(steps.items()),
            widget=forms.RadioSelect(),
        )


class KeepForm(forms.Form):
    """Who may read it. Offers the audiences that exist, and lets nobody shut themselves out."""

    AUDIENCE, ARCHIVE, REOPEN = "audience", "archive", "reopen"

    act = forms.ChoiceField(
        choices=[(name, name) for name in (AUDIENCE, ARCHIVE, REOPEN)], widget=forms.HiddenInput()
    )
    reason = _words(_("Reason"), _("It stands in the trail, and its author reads it."))

    def __init__(self, *args: Any, reader: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tokens = audiences.tokens_of(reader)
        functions = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION)
        self.fields["audience"] = forms.ChoiceField(
            label=_("Who may read it"),
            required=False,
            choices=[*audiences.choices(functions.items()), *further_choices(reader)],
            widget=forms.Select(attrs={"class": "input"}),
        )

    def clean_audience(self) -> str:
        """Refuses an audience the reader does not belong to: they could not see what they changed."""
        token: str = self.cleaned_data["audience"]
        if token and token not in self.tokens:
            raise ValidationError(
                _("You do not belong to this audience, so you could not open the lesson again.")
            )
        return token
