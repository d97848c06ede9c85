"""The form behind every page in the admin: the audience is chosen from words, never typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from core import audiences
from core.models import Term, Vocabulary


class PortalPageForm(WagtailAdminPageForm):
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


class PlayPageForm(PortalPageForm):
    """A play in the admin. A new edit starts with an empty change note; keys of steps stay as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.has_unpublished_changes:
            self.initial["change_note"] = ""
        if "play_owner" in self.fields:
            self.fields["play_owner"].widget = _person_chooser()

    def clean(self) -> dict[str, Any]:
        """Refuses a changed key, and a row on the map that the play does not name."""
        cleaned: dict[str, Any] = super().clean()
        row, components = cleaned.get("main_component"), cleaned.get("components")
        if row and components is not None and row not in components:
            self.add_error("main_component", _("Tick this component below as well, or choose another row."))
        if changed := self._changed_keys(cleaned.get("steps")):
            self.add_error(
                "steps",
                _("These keys stand in links and may not change: %(keys)s. Reload the page and edit again.")
                % {"keys": ", ".join(changed)},
            )
        return cleaned

    def _changed_keys(self, steps: Any) -> list[str]:
        before = {block["id"]: block["value"]["key"] for block in self._stored_steps() if block.get("id")}
        return [
            before[step.id]
            for step in steps or []
            if before.get(step.id) and before[step.id] != step.value["key"]
        ]

    def _stored_steps(self) -> Any:
        if not self.instance.pk:
            return []
        return type(self.instance).objects.get(pk=self.instance.pk).steps.raw_data


def _person_chooser() -> forms.Widget:
    """The widget, imported late: it needs the model of the user, which is loaded after the pages."""
    from playbook.choosers import PersonChooser

    widget: forms.Widget = PersonChooser()
    return widget
