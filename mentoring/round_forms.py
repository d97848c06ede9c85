"""Forms of coordinators: what a round is solved for, and the rules of a programme. They check; services save."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import field_of, send_instead
from mentoring.choices import Objective, ProgrammeKind
from mentoring.models import Programme
from mentoring.models.programme import HIGHEST_FLOOR, pulse_days
from mentoring.pair_forms import PairForm
from mentoring.services.programmes import onboarding_programme
from mentoring.services.save_programme import FIELDS, RANGES, ProgrammeChanged, fingerprint, next_states

SEED_LENGTH = 40
MOST_TYPED = 60
DAYS = re.compile(r"[\s,;]+")


class _Days(forms.CharField):
    """Days as numbers between commas, kept as a list in their order."""

    def prepare_value(self, value: Any) -> Any:
        """As an editor reads them."""
        return ", ".join(str(day) for day in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Numbers, once each; anything else is said to be none."""
        words = [word for word in DAYS.split(super().to_python(value) or "") if word]
        if not all(word.isascii() and word.isdigit() for word in words):
            raise forms.ValidationError(gettext("Write days as numbers with commas, such as 14, 30, 60, 90."))
        return sorted({int(word) for word in words})


class RoundForm(PairForm):
    """What a round is solved for; what is left empty follows from the programme."""

    programme = forms.TypedChoiceField(label=_("Programme"), required=False, coerce=int, empty_value=None)
    objective = forms.ChoiceField(
        label=_("What counts most"),
        required=False,
        choices=[("", _("As the programme says")), *Objective.choices],
    )
    floor = forms.IntegerField(
        label=_("No pair below"),
        required=False,
        min_value=0,
        max_value=HIGHEST_FLOOR,
        help_text=_("Points out of 1 000. Empty: as the programme says."),
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=SEED_LENGTH,
        initial="1",
        help_text=_("Decides between equals. The same seed gives the same pairs."),
    )

    def __init__(self, data: Any = None, *, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.known = {one.pk: one for one in programmes}
        choices = [(pk, one.name) for pk, one in self.known.items()]
        field_of(self, "programme", forms.ChoiceField).choices = choices

    def rules(self) -> dict[str, Any]:
        """What the service is asked for; the programme of the newly appointed where none is named."""
        values = self.cleaned_data
        programme = self.known.get(values["programme"]) or onboarding_programme()
        floor = values["floor"]
        return {
            "programme": programme,
            "objective": values["objective"] or programme.objective,
            "floor": programme.floor if floor is None else floor,
            "seed": values["seed"],
        }


class ProgrammeForm(PairForm):
    """The rules of a programme. What it is for is said once; states go one way, but for opening it again.

    `seen` tells the rules that its editor began with, after a conflict those that stand now; `now` lists these where they
    differ from what was typed, so that what is saved next was written by somebody who has seen them.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What it is for"),
        choices=[(one.value, one.label) for one in (ProgrammeKind.COHORT, ProgrammeKind.EVERGREEN)],
    )
    state = forms.ChoiceField(label=_("State"), help_text=_("Only an open one takes wishes and rounds."))
    audience = forms.ChoiceField(
        label=_("Who may take part"), help_text=_("As mentee and as mentor. Alliances are no audience here.")
    )
    objective = forms.ChoiceField(label=_("What counts most"), choices=Objective)
    floor = forms.IntegerField(label=_("No pair below"), initial=0, help_text=_("Points out of 1 000."))
    most_each = forms.IntegerField(
        label=_("At most so many with one mentor"),
        required=False,
        help_text=_("Of one round. Empty: as many as each has free."),
    )
    least_months = forms.IntegerField(
        label=_("Months a mentor has been in the role"), initial=0, help_text=_("A month counts as 30 days.")
    )
    expiry_days = forms.IntegerField(label=_("Working days to answer a request"), initial=5)
    term_weeks = forms.IntegerField(label=_("Weeks of a mentorship"), initial=26)
    pulse_days = _Days(
        label=_("Days of pulses"),
        initial=pulse_days,
        max_length=MOST_TYPED,
        help_text=_("Counted from the day a pair began. Pairs that run are asked on the new days, too."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        programme: Programme | None,
        audiences: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial=values_of(programme) if programme else None, **kwargs)
        self.programme, self.now = programme, list[tuple[str, str]]()
        states = next_states(programme)
        field_of(self, "state", forms.ChoiceField).choices = [(one.value, one.label) for one in states]
        field_of(self, "audience", forms.ChoiceField).choices = list(audiences)
        del self.fields["seen" if programme is None else "kind"]
        for name, (least, most) in RANGES.items():
            _limit(self.fields[name], least, most)

    def clean(self) -> dict[str, Any]:
        """What is refused because the rules are others by now is said to be so; of the rest the service decides."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and self.programme is not None and cleaned.get("seen") != fingerprint(self.programme):
            self.add_error(None, ProgrammeChanged())
            self.compare(self.programme)
        return cleaned

    def compare(self, programme: Programme) -> None:
        """Lists what stands now; the editor has seen it from here on."""
        standing = values_of(programme)
        send_instead(self, "seen", standing["seen"])
        typed = {field: _text(field.value()) for field in self.visible_fields()}
        self.now = [
            (str(field.label), _in_words(field, now))
            for field, words in typed.items()
            if words != (now := _text(field.field.prepare_value(standing[field.name])))
        ]


def values_of(programme: Programme) -> Mapping[str, Any]:
    """What the form shows of a programme."""
    stored = {name: getattr(programme, name) for name in FIELDS}
    return stored | {"seen": fingerprint(programme)}


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _in_words(field: forms.BoundField, value: str) -> str:
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value)) or gettext("empty")


def _limit(field: forms.Field, least: int, most: int) -> None:
    field.validators += [MinValueValidator(least), MaxValueValidator(most)]
    field.widget.attrs |= {"min": least, "max": most}
