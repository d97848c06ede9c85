"""Forms by which readers answer a lesson: used, seen again, did not help.

Alliance type and phase stand there as the reader's own profile has them; both may be left open.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Term, Vocabulary
from lessons.choices import UseOutcome, WhyNot
from lessons.services.use import Circumstances, Saving

NOTE_LENGTH = 1000
VOTE_NOTE_LENGTH = 500
MOST_DAYS = 5000
INPUT = {"class": "input"}


def _terms(vocabulary: Vocabulary) -> "forms.ModelChoiceField[Term]":
    return forms.ModelChoiceField(
        Term.objects.of(vocabulary),
        label=vocabulary.label,
        required=False,
        empty_label=_("Leave open"),
        widget=forms.Select(attrs=INPUT),
    )


class CircumstancesForm(forms.Form):
    """Where it was. `person` fills in what their profile tells."""

    alliance_type = _terms(Vocabulary.ALLIANCE_TYPE)
    phase = _terms(Vocabulary.LIFECYCLE_PHASE)
    note = forms.CharField(
        label=_("In one or two lines"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("No company names. Readers see it without your name; the author is told who you are."),
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile = getattr(person, "profile", None)
        if profile is not None and not self.is_bound:
            self.initial["alliance_type"] = profile.alliance_types.order_by("order").first()
            self.initial["phase"] = profile.phases.order_by("order").first()

    def circumstances(self) -> Circumstances:
        """What was typed, for the services."""
        data = self.cleaned_data
        return Circumstances(alliance_type=data["alliance_type"], phase=data["phase"], note=data["note"])


class UseForm(CircumstancesForm):
    """I used this."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=UseOutcome.choices, widget=forms.RadioSelect()
    )
    saved_days = forms.IntegerField(
        label=_("Working days saved"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Your own estimate. Leave it open if you cannot say."),
        widget=forms.NumberInput(attrs={"class": "input short"}),
    )
    saved_money_musd = forms.DecimalField(
        label=_("Money saved, million US dollars"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=3,
        widget=forms.NumberInput(attrs={"class": "input short", "step": "any"}),
    )

    def saving(self) -> Saving:
        """What it saved, for the service."""
        data = self.cleaned_data
        return Saving(days=data["saved_days"], money_musd=data["saved_money_musd"])


class SeenAgainForm(CircumstancesForm):
    """The same thing happened to me."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What was different")


class NotHelpfulForm(forms.Form):
    """It did not help, and why."""

    why_not = forms.ChoiceField(
        label=_("Why did it not help?"), choices=WhyNot.choices, widget=forms.RadioSelect()
    )
    note = forms.CharField(
        label=_("Anything its author should know"),
        required=False,
        max_length=VOTE_NOTE_LENGTH,
        help_text=_("Your name is not shown."),
        widget=forms.Textarea(attrs={**INPUT, "rows": 3}),
    )
