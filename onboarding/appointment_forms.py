"""Forms of appointments. They check only; services save."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from onboarding.permissions import may_name
from people.models import User

LONG_AGO = timedelta(days=365 * 40)
FAR_AHEAD = timedelta(days=365)
MOST_BYTES = 20_000_000
YEARS_LABEL = _("I have done alliance work for more than 24 months")


def _day_field(label: Any, help_text: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def _share_field(help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Share of time, in per cent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"class": "input"}),
    )


def _checked_day(day: date) -> date:
    today = timezone.localdate()
    if not today - LONG_AGO <= day <= today + FAR_AHEAD:
        raise forms.ValidationError(_gettext("Choose a day between 40 years ago and one year ahead."))
    return day


class DeclareForm(forms.Form):
    """Somebody says that they do alliance work."""

    effective = _day_field(_("Since when"), _("The day on which you took it on. It is day 0 of your path."))
    share_of_time = _share_field(_("What you really have, not what you were promised."))
    is_experienced = forms.BooleanField(
        label=YEARS_LABEL, required=False, help_text=_("Then you get the short path.")
    )

    def clean_effective(self) -> date:
        """Neither long ago nor far ahead."""
        return _checked_day(self.cleaned_data["effective"])


class NominateForm(forms.Form):
    """A manager or facilitator names somebody."""

    email = forms.EmailField(
        label=_("E-mail of the colleague"), widget=forms.EmailInput(attrs={"class": "input"})
    )
    effective = _day_field(_("From"), _("A day ahead sends them a first look; no date runs before it."))
    share_of_time = _share_field(_("As agreed with them."))

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_email(self) -> User:
        """Somebody the reader may name."""
        people = User.objects.visible_to(self.reader).present().select_related("profile__manager")
        found = people.filter(email__iexact=self.cleaned_data["email"]).first()
        if found is None:
            raise forms.ValidationError(_gettext("Nobody here has this address. Check it in the directory."))
        if not may_name(self.reader, found):
            raise forms.ValidationError(
                _gettext("This colleague does not report to you. Ask their manager or a facilitator.")
            )
        return found

    def clean_effective(self) -> date:
        """Neither long ago nor far ahead."""
        return _checked_day(self.cleaned_data["effective"])


class RejectForm(forms.Form):
    """Why an appointment is not confirmed."""

    reason = forms.CharField(
        label=_("Why not"),
        max_length=300,
        help_text=_("One sentence; the person reads it."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )


class EndForm(forms.Form):
    """Why somebody no longer does the work."""

    reason = forms.CharField(
        label=_("What happens now"),
        max_length=300,
        help_text=_("One sentence, such as who takes over; the person reads it."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )


class ImportForm(forms.Form):
    """Personnel's file, and whether to write."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "UTF-8, with the columns employee_id, email and effective; name, share_of_time and experienced if known."
        ),
        widget=forms.ClearableFileInput(attrs={"class": "input", "accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        """A file that a request can carry; larger ones go by the command."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _gettext("The file is larger than 20 MB. An operator can import it with import_appointments.")
            )
        return file
