"""The form of a lesson in the admin. It checks what the service will check, so that faults stand beside their field.

It has no field for the state of a lesson: review is done on the portal, where its rules hold for everybody.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core import audiences
from core.audience_kinds import further_choices
from core.forms import LinesField
from core.models import Term, Vocabulary
from lessons.choices import READABLE
from lessons.models import Lesson

WHYS = range(3, 6)


class AudienceForm(WagtailAdminModelForm):
    """Offers the audiences that exist, and lets nobody shut themselves out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION)
        self.fields["audience"] = forms.ChoiceField(
            label=_("Who may read it"),
            choices=[*audiences.choices(functions.items()), *further_choices(self.for_user)],
        )

    def clean_audience(self) -> str:
        """Refuses an audience the editor does not belong to: they could not see what they saved."""
        token: str = self.cleaned_data["audience"]
        if token not in audiences.tokens_of(self.for_user):
            raise ValidationError(
                _("You do not belong to this audience, so you could not open the lesson again.")
            )
        return token


class ExternalForm(AudienceForm):
    """An external lesson: shown in lists and search, or archived."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(state.value, state.label) for state in READABLE]
        self.fields["status"] = forms.ChoiceField(label=_("Status"), choices=shown)


class LessonForm(AudienceForm):
    """One of our own lessons."""

    whys = LinesField(
        label=_("Whys"),
        required=False,
        help_text=_(
            "Three to five lines. Each answers the one before; the last is a cause people can change."
        ),
    )

    def clean_whys(self) -> list[str]:
        """Three to five, or none yet."""
        whys: list[str] = self.cleaned_data["whys"]
        if whys and len(whys) not in WHYS:
            raise ValidationError(_("Give three to five whys, one a line."))
        return whys

    def clean_code(self) -> str:
        """In capitals, and used once."""
        code: str = self.cleaned_data["code"].strip().upper()
        if code and (code.isdigit() or not code.isalnum()):
            raise ValidationError(_("A code is letters and digits, such as L07."))
        if code and Lesson.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another lesson has this code."))
        return code
