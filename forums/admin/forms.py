"""The forms of boards and tags in the admin. They check what the services will check, beside the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core import audiences
from core.models import Term, Vocabulary
from forums.models import Tag
from forums.reading.tags import tags_to_join
from forums.services.save_board import check_address


class BoardForm(WagtailAdminModelForm):
    """A board. Its address is given once; nobody shuts themselves out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION)
        self.fields["audience"] = forms.ChoiceField(
            label=_("Who may read it"),
            choices=audiences.choices(functions.items()),
            help_text=_("Holds at once for every topic in it, in search and in notices too."),
        )
        self.fields["slug"].disabled = self.instance.pk is not None

    def clean_slug(self) -> str:
        """Refuses the address of a page."""
        slug: str = self.cleaned_data["slug"]
        if self.instance.pk is None:
            try:
                check_address(slug)
            except ValidationError as refusal:
                raise ValidationError(refusal.messages) from refusal
        return slug

    def clean_audience(self) -> str:
        """Refuses an audience the editor does not belong to: they could not open the board again."""
        token: str = self.cleaned_data["audience"]
        if token not in audiences.tokens_of(self.for_user):
            raise ValidationError(
                _("You do not belong to this audience, so you could not open the board again.")
            )
        return token


class TagForm(WagtailAdminModelForm):
    """A word of the members: approved as it stands, spelt better, or joined with another tag."""

    into = forms.ModelChoiceField(
        label=_("Join with"),
        queryset=Tag.objects.none(),
        required=False,
        empty_label=_("No other tag: approve it"),
        help_text=_("Its topics and followers go to that tag, and this one is forgotten."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = tags_to_join(self.for_user).exclude(pk=self.instance.pk)
