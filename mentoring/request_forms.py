"""Forms of requests: to ask, to answer, to keep apart. They check; services save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.data import AllianceData
from core.forms import field_of
from mentoring.choices import DeclineReason
from mentoring.models.requests import MESSAGE_LENGTH
from mentoring.profile_forms import PauseForm
from people.models import User

INPUT = {"class": "input"}
WISHES = ("first", "second", "third")
WISH_LABELS = (_("First wish"), _("Second wish"), _("Third wish"))


class AskForm(forms.Form):
    """The message, and who is asked next: chosen among the other proposals."""

    message = forms.CharField(
        label=_("Your message"),
        max_length=MESSAGE_LENGTH,
        error_messages={"required": _("Add a line or two: a mentor says yes to a question, not to a name.")},
        widget=forms.Textarea(attrs={**INPUT, "rows": 5}),
    )

    def __init__(self, data: Any = None, *, others: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(data)
        labels = (_("If not, ask"), _("And then"))
        for name, label, first in zip(("second", "third"), labels, others[:2], strict=False):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Nobody yet")), *((str(pk), words) for pk, words in others)],
                initial=str(first[0]),
                widget=forms.Select(attrs=INPUT),
            )

    def choices(self) -> list[int]:
        """Whom to ask next, in order."""
        found = (self.cleaned_data.get(name) for name in ("second", "third"))
        return list(dict.fromkeys(pk for pk in found if pk))


class DeclineForm(PauseForm):
    """Why not, for the coordinator alone."""

    reason = forms.ChoiceField(
        label=_("The reason, for the coordinator alone"),
        choices=DeclineReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. Only the coordinator reads it.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="no_%s")


class WishForm(forms.Form):
    """Up to three mentors, in order."""

    def __init__(self, data: Any = None, *, mentors: Sequence[User], chosen: Sequence[int]) -> None:
        super().__init__(data)
        choices = [("", _("Nobody")), *((str(one.pk), _mentor_label(one)) for one in mentors)]
        for name, label, at in zip(WISHES, WISH_LABELS, range(len(WISHES)), strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=choices,
                initial=str(chosen[at]) if at < len(chosen) else "",
                widget=forms.Select(attrs=INPUT),
            )

    def wishes(self) -> list[int]:
        """The numbers of the mentors; a gap closes."""
        return [pk for pk in (self.cleaned_data.get(name) for name in WISHES) if pk]


def _mentor_label(mentor: User) -> str:
    places = (mentor.profile.division, mentor.profile.city)
    return ", ".join(part for part in (mentor.name, *places) if part)


class ExclusionForm(forms.Form):
    """A colleague with whom somebody will not be paired, by address."""

    email = forms.EmailField(
        label=_("E-mail address of the colleague"),
        help_text=_("Nobody is told, and nobody else can look it up."),
        widget=forms.EmailInput(attrs={**INPUT, "autocomplete": "off"}),
    )

    def clean_email(self) -> User:
        """The person; whether an address is known is open to all, as the directory is."""
        found = User.objects.present().filter(email__iexact=self.cleaned_data["email"]).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return found


class WallForm(forms.Form):
    """Two alliances whose people do not mentor each other."""

    first = forms.TypedChoiceField(label=_("One alliance"), coerce=int, widget=forms.Select(attrs=INPUT))
    second = forms.TypedChoiceField(label=_("The other"), coerce=int, widget=forms.Select(attrs=INPUT))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.TextInput(attrs=INPUT)
    )

    def __init__(self, data: Any = None, *, alliances: Sequence[AllianceData]) -> None:
        super().__init__(data)
        choices = [("", _("Choose an alliance")), *((str(one.pk), one.code_name) for one in alliances)]
        for name in ("first", "second"):
            field_of(self, name, forms.ChoiceField).choices = choices

    def clean(self) -> dict[str, Any]:
        """A wall stands between two."""
        values = super().clean() or {}
        if values.get("first") and values.get("first") == values.get("second"):
            self.add_error("second", _("Choose another alliance."))
        return values
