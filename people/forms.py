"""Forms of people: signing in and one's own profile.

Rights (business function, practitioner, roles) are in no form of a member: they open audiences.
"""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from core.forms import field_of
from core.models import Term, Vocabulary
from people.languages import language_code, language_names
from people.models import Profile
from people.services.update_profile import CHOSEN
from people.sessions import limit_session

DAYS = (
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
)
VOCABULARIES = {
    "role_areas": Vocabulary.ROLE_AREA,
    "habits": Vocabulary.HABIT,
    "alliance_types": Vocabulary.ALLIANCE_TYPE,
    "phases": Vocabulary.LIFECYCLE_PHASE,
}
HOURS = ("working_from", "working_until")
LIST_LIMIT = 12
ITEM_LENGTH = 60
ABOUT_LENGTH = 1000


class SignInForm(LoginForm):
    """allauth's form with our end of the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "input"
        self.fields["password"].help_text = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signs in; the session then ends at a fixed hour, however busy it is."""
        response: HttpResponse = super().login(request, redirect_url)
        limit_session(request)
        return response


class WordsField(forms.CharField):
    """A few short entries in one line, separated by commas; the cleaned value is a list without repetitions."""

    def prepare_value(self, value: Any) -> Any:
        """A list as the line people edit."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The entries, in order. Refuses too many and too long ones."""
        line = super().clean(value)
        words = list(dict.fromkeys(word for part in line.split(",") if (word := " ".join(part.split()))))
        if len(words) > LIST_LIMIT:
            raise forms.ValidationError(_gettext("Name %(limit)d at most.") % {"limit": LIST_LIMIT})
        if long := next((word for word in words if len(word) > ITEM_LENGTH), None):
            raise forms.ValidationError(
                _gettext("“%(word)s…” is longer than %(limit)d characters.")
                % {"word": long[:20], "limit": ITEM_LENGTH}
            )
        return words


class LanguagesField(WordsField):
    """Languages by their English names; the cleaned value is a list of codes."""

    def prepare_value(self, value: Any) -> Any:
        """Codes as names."""
        return ", ".join(language_names(value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The codes. Refuses a name outside the list and says which."""
        codes = []
        for name in super().clean(value):
            code = language_code(name)
            if code is None:
                raise forms.ValidationError(
                    _gettext("We do not know the language “%(name)s”. Write it in English, as “German”.")
                    % {"name": name}
                )
            codes.append(code)
        return codes


class ProfileForm(forms.ModelForm[Profile]):
    """One's own profile. Checks only; `update_profile` saves."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    working_days = forms.MultipleChoiceField(
        label=_("Working week"), choices=DAYS, widget=forms.CheckboxSelectMultiple
    )
    languages = LanguagesField(
        label=_("Languages"),
        required=False,
        help_text=_("The languages you work in, your best first, separated by commas."),
    )
    therapeutic_areas = WordsField(
        label=_("Therapeutic areas"), required=False, help_text=_("Separated by commas.")
    )
    share_of_time = forms.IntegerField(
        label=_("Share of time"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Per cent of a full post."),
    )

    class Meta:
        model = Profile
        fields = (
            "job_title",
            "division",
            "city",
            "country",
            "time_zone",
            "working_days",
            "working_from",
            "working_until",
            "languages",
            "has_alliance_duties",
            "share_of_time",
            "therapeutic_areas",
            *CHOSEN,
            "bio",
            "shortcuts",
        )
        labels = {
            "job_title": _("Job title"),
            "division": _("Division"),
            "city": _("City"),
            "country": _("Country"),
            "has_alliance_duties": _("I have alliance duties"),
            "role_areas": _("Role areas"),
            "habits": _("Habits you are strong in"),
            "alliance_types": _("Alliance types you have handled"),
            "phases": _("Phases you have worked in"),
            "bio": _("About you"),
            "shortcuts": _("Keyboard shortcuts"),
        }
        help_texts = {
            "bio": _("Two or three sentences: what you have done, what people may ask you."),
            "role_areas": _("The areas of alliance work you look after."),
        }
        widgets = dict.fromkeys(CHOSEN, forms.CheckboxSelectMultiple) | {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"}) for name in HOURS
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        named = [("UTC", "UTC"), *((zone, zone) for zone in zones)]
        field_of(self, "time_zone", forms.ChoiceField).choices = named
        self.initial["working_days"] = list(self.instance.working_days)
        for name, vocabulary in VOCABULARIES.items():
            field_of(self, name, forms.ModelChoiceField).queryset = Term.objects.of(vocabulary)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple | forms.CheckboxInput):
                field.widget.attrs["class"] = "input"
        self.fields["share_of_time"].widget.attrs["class"] = "input short"
        self.fields["bio"].widget.attrs |= {"rows": 5, "maxlength": ABOUT_LENGTH}

    def clean_working_days(self) -> str:
        """The days in one word, Monday first."""
        return "".join(sorted(self.cleaned_data["working_days"]))

    def clean(self) -> dict[str, Any]:
        """A share of time belongs to alliance duties, and duties to a share."""
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("working_from"), values.get("working_until")
        if begins and ends and begins >= ends:
            self.add_error("working_until", _gettext("The day ends after it begins."))
        if not values.get("has_alliance_duties"):
            values["share_of_time"] = None
        elif values.get("share_of_time") is None and "share_of_time" not in self.errors:
            self.add_error(
                "share_of_time", _gettext("Say how much of your time it takes; an estimate will do.")
            )
        return values
