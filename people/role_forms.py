"""Forms of the three questions and of the self-check. They check only; services keep what was said."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from people.data import CompetenceData
from people.models import FinderQuestion
from people.services.take_self_check import EXAMPLE_LENGTH, PICKS

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class FinderForm(forms.Form):
    """Yes or no to each question."""

    def __init__(self, *args: Any, questions: Sequence[FinderQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.question,
                help_text=question.help,
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say yes or no.")},
            )

    def yes(self) -> list[str]:
        """The keys of the questions said yes to."""
        return [key for key, answer in self.cleaned_data.items() if answer == "yes"]


class SelfCheckForm(forms.Form):
    """A level and, where somebody likes, an example for each competence; and two to work on."""

    def __init__(self, *args: Any, competences: Sequence[CompetenceData], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competences = competences
        for competence in competences:
            self.fields[f"level_{competence.code}"] = forms.TypedChoiceField(
                label=competence.title,
                choices=[(str(number), text) for number, text in enumerate(competence.levels, start=1)],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Pick the sentence that comes closest.")},
            )
            self.fields[f"example_{competence.code}"] = forms.CharField(
                label=_("An example"),
                required=False,
                max_length=EXAMPLE_LENGTH,
                widget=forms.TextInput(attrs={"class": "input", "maxlength": EXAMPLE_LENGTH}),
            )
        self.fields["picks"] = forms.MultipleChoiceField(
            label=_("The two you want to work on"),
            choices=[(competence.code, competence.title) for competence in competences],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Pick two.")},
        )

    def clean_picks(self) -> list[str]:
        """Two, no more and no fewer."""
        picks: list[str] = self.cleaned_data["picks"]
        if len(picks) != PICKS:
            raise forms.ValidationError(_gettext("Pick two."))
        return picks

    def rows(self) -> list[tuple[CompetenceData, Any, Any]]:
        """Each competence with its two fields."""
        return [(one, self[f"level_{one.code}"], self[f"example_{one.code}"]) for one in self.competences]

    def levels(self) -> dict[str, int]:
        """The level of each code."""
        return {one.code: self.cleaned_data[f"level_{one.code}"] for one in self.competences}

    def examples(self) -> dict[str, str]:
        """The examples by code; empty where none was given."""
        return {one.code: self.cleaned_data[f"example_{one.code}"] for one in self.competences}
