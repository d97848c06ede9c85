"""The five questions of step S1. They check only; `set_context` saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from core.models import Term, Vocabulary
from onboarding.services.set_context import Described

MOST_ALLIANCES = 3


def _text(label: Any, help_text: Any = "", *, required: bool = False, length: int = 40) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "input", "autocomplete": "off"})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=length, widget=widget
    )


class ContextForm(forms.Form):
    """Up to three alliances, from whom one takes over, how much time there is, and the charter."""

    takes_over_from = _text(
        _("From whom do you take over?"), _("Leave it empty where nobody did it before you."), length=120
    )
    share_of_time = forms.IntegerField(
        label=_("Share of time, in per cent"),
        min_value=1,
        max_value=100,
        help_text=_("What you really have, not what you were promised."),
        widget=forms.NumberInput(attrs={"class": "input short"}),
    )
    charter = forms.BooleanField(label=_("I have read the community charter and keep to it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [("", _("Choose")), *Term.objects.labels(Vocabulary.ALLIANCE_TYPE).items()]
        phases = [("", _("Choose")), *Term.objects.labels(Vocabulary.LIFECYCLE_PHASE).items()]
        tiers = [("", _("I do not know")), *Term.objects.labels(Vocabulary.TIER).items()]
        for number in range(MOST_ALLIANCES):
            first = number == 0
            self.fields[f"name_{number}"] = _text(
                _("Code name"),
                _("As your team calls it, never the partner's name.") if first else "",
                required=first,
            )
            for name, label, choices in (("type", _("Alliance type"), types), ("phase", _("Phase"), phases)):
                self.fields[f"{name}_{number}"] = forms.ChoiceField(
                    label=label,
                    choices=choices,
                    required=first,
                    widget=forms.Select(attrs={"class": "input"}),
                )
            self.fields[f"tier_{number}"] = forms.ChoiceField(
                label=_("Tier"),
                help_text=_(
                    "The highest tier leads your path; of equal ones the first here, so begin with the newest."
                )
                if first
                else "",
                choices=tiers,
                required=False,
                widget=forms.Select(attrs={"class": "input"}),
            )

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields of each alliance."""
        return [
            [self[f"{name}_{number}"] for name in ("name", "type", "phase", "tier")]
            for number in range(MOST_ALLIANCES)
        ]

    def clean(self) -> dict[str, Any]:
        """An alliance is described whole or not at all, and once."""
        values = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for number in range(MOST_ALLIANCES):
            name = " ".join(values.get(f"name_{number}", "").split())
            if name.casefold() in seen:
                self.add_error(f"name_{number}", _gettext("You have named this alliance above."))
            if name:
                seen.add(name.casefold())
            for part in ("type", "phase"):
                if number and name and not values.get(f"{part}_{number}"):
                    self.add_error(f"{part}_{number}", _gettext("Choose one; it picks your reading."))
        return values

    @property
    def described(self) -> list[Described]:
        """What was said, in its order."""
        data = self.cleaned_data
        return [
            Described(
                " ".join(data[f"name_{number}"].split()),
                *(data[f"{part}_{number}"] for part in ("type", "phase", "tier")),
            )
            for number in range(MOST_ALLIANCES)
            if data[f"name_{number}"]
        ]
