"""The form behind every page in the admin: the audience is chosen from words, never typed."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from core import audiences
from core.models import Term, Vocabulary


class PortalPageForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Fills the choices of `audience` and tells the page where it is about to stand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance._parent_to_be = self.parent_page
        if "audience" in self.fields:
            self.fields["audience"] = self._audience_field(self.fields["audience"])

    def _audience_field(self, plain: forms.Field) -> forms.ChoiceField:
        functions = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION).items()
        return forms.ChoiceField(
            choices=audiences.choices(functions),
            label=plain.label,
            help_text=plain.help_text,
            initial=plain.initial,
        )
