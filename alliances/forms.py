"""Forms of alliances. They check only; services save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from alliances.choices import Duty
from alliances.models import Alliance
from alliances.models.alliance import NAME_LENGTH
from alliances.services.save_alliance import FIELDS
from core.forms import field_of
from core.models import Term, Vocabulary
from people.models import User

VOCABULARIES = {
    "partner_type": Vocabulary.PARTNER_TYPE,
    "alliance_type": Vocabulary.ALLIANCE_TYPE,
    "phase": Vocabulary.LIFECYCLE_PHASE,
    "tier": Vocabulary.TIER,
}


class AllianceForm(forms.ModelForm[Alliance]):
    """What stands about an alliance."""

    class Meta:
        model = Alliance
        fields = FIELDS
        widgets = {
            "started": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "north_star": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code_name"].help_text = _("Never the partner's name.")
        for name, vocabulary in VOCABULARIES.items():
            field_of(self, name, forms.ModelChoiceField).queryset = Term.objects.of(vocabulary)
            self.fields[name].required = name in ("alliance_type", "phase")
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_code_name(self) -> str:
        """One name for one alliance, whatever the case."""
        name = " ".join(self.cleaned_data["code_name"].split())
        if Alliance.objects.filter(code_name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _gettext("Another alliance has this code name. Choose a second bird.")
            )
        return name


class AskForm(forms.Form):
    """Asking for a place in a team by its code name, which one has to know."""

    code_name = forms.CharField(
        label=_("Code name of the alliance"),
        max_length=NAME_LENGTH,
        help_text=_("As your colleagues in the team call it."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    duty = forms.ChoiceField(
        label=_("You are its"), choices=Duty.choices, initial=Duty.MANAGER, widget=forms.RadioSelect
    )


class AddForm(forms.Form):
    """Putting a colleague into the team."""

    email = forms.EmailField(
        label=_("E-mail of the colleague"), widget=forms.EmailInput(attrs={"class": "input"})
    )
    duty = forms.ChoiceField(
        label=_("Duty"), choices=Duty.choices, initial=Duty.MEMBER, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_email(self) -> User:
        """The colleague, who must be here."""
        people = User.objects.visible_to(self.reader).present()
        found = people.filter(email__iexact=self.cleaned_data["email"]).first()
        if found is None:
            raise forms.ValidationError(_gettext("Nobody here has this address. Check it in the directory."))
        return found
