"""The form of a lesson in the admin. It checks what the service will check, so that faults stand beside their field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core import audiences
from core.forms import LinesField
from core.models import Term, Vocabulary
from lessons.choices import Status
from lessons.models import Lesson
from lessons.services.publish import check_publishable

WHYS = range(3, 6)


class AudienceForm(WagtailAdminModelForm):
    """Offers the audiences that exist, and lets nobody shut themselves out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION)
        self.fields["audience"] = forms.ChoiceField(
            label=_("Who may read it"), choices=audiences.choices(functions.items())
        )

    def clean_audience(self) -> str:
        """Refuses an audience the editor does not belong to: they could not see what they saved."""
        token: str = self.cleaned_data["audience"]
        if token not in audiences.tokens_of(self.for_user):
            raise ValidationError(
                _("You do not belong to this audience, so you could not open the lesson again.")
            )
        return token


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

    def clean(self) -> dict[str, Any]:
        """What is missing for publication, all at once."""
        cleaned: dict[str, Any] = super().clean()
        before = Lesson.objects.filter(pk=self.instance.pk).values_list("status", flat=True).first()
        if cleaned.get("status") == Status.PUBLISHED and before != Status.PUBLISHED and not self.errors:
            draft = Lesson(
                author_id=self.instance.author_id,
                quality=cleaned["quality"],
                recommendation=cleaned["recommendation"],
            )
            try:
                check_publishable(draft, actor=self.for_user)
            except ValidationError as error:
                self.add_error("status", error)
        return cleaned
