"""The form of what somebody offers and wants, and the small one that pauses requests. They check; services save."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import field_of
from mentoring.choices import Cadence
from mentoring.models import MentorProfile
from mentoring.models.profile import MOST_PLACES
from mentoring.subjects import MOST_WANTS

ADVICE = (
    (1, _("Asks questions and lets me find it")),
    (2, _("More questions than advice")),
    (3, _("Both")),
    (4, _("More advice than questions")),
    (5, _("Says plainly what to do")),
)
STRUCTURE = (
    (1, _("Open talk")),
    (2, _("Rather open")),
    (3, _("Both")),
    (4, _("Rather with an agenda")),
    (5, _("Always with an agenda")),
)
RANKS = (_("Most important"), _("Second"), _("Third"), _("Fourth"))


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _choice(label: Any, choices: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)


class MentorProfileForm(forms.Form):
    """Both sides of mentoring. The wants are four lists, so that their order needs no script."""

    is_mentee = forms.BooleanField(label=_("I would like a mentor"), required=False)
    is_mentor = forms.BooleanField(label=_("I would mentor a colleague"), required=False)
    offers = forms.MultipleChoiceField(
        label=_("What I can help with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.TypedChoiceField(
        label=_("Mentees at the same time"),
        help_text=_("One is a good beginning: nine talks of 25 minutes in 90 days."),
        choices=[(number, str(number)) for number in range(MOST_PLACES + 1)],
        coerce=int,
        widget=forms.Select(attrs={"class": "input"}),
    )
    stops = forms.BooleanField(label=_("Stop new requests"), required=False)
    away_from = _day(_("Away from"))
    away_until = _day(_("Away until"))
    advice = _choice(_("A mentor who …"), ADVICE)
    structure = _choice(_("The talks"), STRUCTURE)
    cadence = _choice(_("How often"), Cadence.choices)

    def __init__(
        self,
        data: Any = None,
        *,
        profile: MentorProfile,
        competences: Mapping[str, str],
        suggested: Sequence[str] = (),
    ) -> None:
        """`suggested` stands in the lists of wants where the person has chosen none."""
        super().__init__(data, initial=_initial(profile, profile.wants or suggested))
        field_of(self, "offers", forms.ChoiceField).choices = list(competences.items())
        for number, label in enumerate(RANKS[:MOST_WANTS], start=1):
            self.fields[f"want_{number}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", _("Nothing more")), *competences.items()],
                widget=forms.Select(attrs={"class": "input"}),
            )

    @property
    def wants(self) -> list[Any]:
        """The bound lists of wants, in order."""
        return [self[f"want_{number}"] for number in range(1, MOST_WANTS + 1)]

    def clean(self) -> dict[str, Any]:
        """An absence ends after it begins; nothing is wanted twice."""
        values = super().clean() or {}
        begins, ends = values.get("away_from"), values.get("away_until")
        if begins and ends and ends < begins:
            self.add_error("away_until", _("Choose a day after the first one."))
        wants = [values.get(field.name) for field in self.wants if values.get(field.name)]
        if len(set(wants)) < len(wants):
            self.add_error(None, _("You want one thing twice. Choose another or leave it out."))
        return values

    def values(self) -> dict[str, Any]:
        """What `save_profile` takes."""
        found = dict(self.cleaned_data)
        wants, stops = [found.pop(field.name) for field in self.wants], found.pop("stops")
        return {
            **found,
            "takes_requests": not stops,
            "wants": [code for code in wants if code],
        }


class PauseForm(forms.Form):
    """What a mentor may say beside a yes or a no."""

    stop = forms.BooleanField(label=_("Stop new requests"), required=False)
    away_until = _day(_("Away until"))

    def __init__(self, data: Any = None, *, auto_id: str = "yes_%s") -> None:
        """The yes and the no stand on one page, so each names its fields for itself."""
        super().__init__(data, auto_id=auto_id)

    def clean_away_until(self) -> date | None:
        """A day that is still to come."""
        day: date | None = self.cleaned_data["away_until"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("Choose a day that is still to come."))
        return day


def _initial(profile: MentorProfile, wanted: Sequence[str]) -> dict[str, Any]:
    wants = {f"want_{number}": code for number, code in enumerate(wanted[:MOST_WANTS], start=1)}
    names = ("is_mentee", "is_mentor", "offers", "capacity", "away_from", "away_until", "advice", "structure")
    cadence = profile.cadence if profile.cadence in Cadence.values else Cadence.FORTNIGHTLY.value
    return {
        **{name: getattr(profile, name) for name in names},
        **wants,
        "cadence": cadence,
        "stops": not profile.takes_requests,
    }
