"""Forms in which members write: a topic, a reply, a change of a post. Each keeps its draft; see composer.forms.

Rules about texts live in forums.services.checks; what a service refuses comes back as an error of the field.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from composer.forms import ComposerField, DraftingForm
from core.forms import field_of
from core.models import Term, Vocabulary
from forums.attaching import AttachingForm
from forums.choices import TopicKind
from forums.models import Board
from forums.presentation import short_audience
from forums.services.checks import TITLE_AT_LEAST, relayed_audiences
from forums.services.tags import MOST

if TYPE_CHECKING:
    _BoardField = forms.ModelChoiceField[Board]
else:
    _BoardField = forms.ModelChoiceField


class BoardChoice(_BoardField):
    """Boards by title, with their audience where it is not everybody."""

    def label_from_instance(self, obj: Board) -> str:
        """Such as "People and trust (practitioners only)"."""
        audience = short_audience(obj.audience)
        return f"{obj.title} ({audience})" if audience else obj.title


class TopicForm(AttachingForm):
    """Ask or tell."""

    label_field = "title"
    guard_fields = ("title", "body")

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=TopicKind, initial=TopicKind.QUESTION, widget=forms.RadioSelect
    )
    board = BoardChoice(
        label=_("Where does it belong?"), queryset=Board.objects.none(), empty_label=_("Choose a board")
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("The question in one sentence, as you would ask it in the corridor."),
        error_messages={"required": _("Say in a sentence what it is about.")},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    body = ComposerField(
        label=_("Text"),
        help_text=_("What happened, what you tried, what you need. No partner, product or person by name."),
    )
    phase = forms.ModelChoiceField(
        label=_("Phase"), queryset=Term.objects.none(), required=False, empty_label=_("Any phase")
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        help_text=_("Up to %d words, with commas between. New words show once a steward has approved them.")
        % MOST,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    unnamed = forms.BooleanField(label=_("Ask without my name"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards = Board.objects.visible_to(self.owner).filter(closed=False)
        field_of(self, "board", forms.ModelChoiceField).queryset = boards
        self.fields["board"].widget.attrs["class"] = "input"
        phases = Term.objects.of(Vocabulary.LIFECYCLE_PHASE)
        field_of(self, "phase", forms.ModelChoiceField).queryset = phases
        self.fields["phase"].widget.attrs["class"] = "input"
        self.fields["title"].widget.attrs["minlength"] = TITLE_AT_LEAST
        if not relayed_audiences():
            del self.fields["unnamed"]

    def clean(self) -> dict[str, Any]:
        """Refuses a wish that cannot be kept any more: whoever asked without a name is never named instead."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "unnamed" not in self.fields and self.data.get(self.add_prefix("unnamed")):
            raise forms.ValidationError(
                _("No facilitator is there now to help you. Keep the draft, or ask with your name.")
            )
        return cleaned

    @property
    def words(self) -> list[str]:
        """The tags as the service takes them, the phase first."""
        phase: Term | None = self.cleaned_data.get("phase")
        words = [word for word in self.cleaned_data["tags"].split(",") if word.strip()]
        return [phase.label, *words] if phase else words


class ReplyForm(AttachingForm):
    """A reply; `parent` is the post it quotes."""

    guard_fields = ("body",)

    body = ComposerField(label=_("Your reply"))
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["placeholder"] = _("Write what you did, and what came of it")


class EditForm(DraftingForm):
    """A change of a post; of the one that opens a topic, with its title. `began` tells what the editor began with."""

    guard_fields = ("body",)

    title = forms.CharField(label=_("Title"), widget=forms.TextInput(attrs={"class": "input"}))
    body = ComposerField(label=_("Text"))
    began = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not opens:
            del self.fields["title"]
