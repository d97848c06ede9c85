"""Forms that keep order: why a post is flagged, what becomes of it, where a topic goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import field_of
from forums.choices import FlagDecision, FlagReason
from forums.forms import BoardChoice
from forums.models import Board
from forums.services.flag import NOTE_LENGTH
from forums.services.relay import MESSAGE_LENGTH

DECISIONS = (
    (FlagDecision.UPHELD, _("Take it down")),
    (FlagDecision.EDITED, _("Show it again, it was changed")),
    (FlagDecision.DISMISSED, _("It stays as it is")),
)


def _note(label: Any, hint: Any, missing: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=NOTE_LENGTH,
        error_messages={"required": missing} if missing else {},
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )


class FlagForm(forms.Form):
    """What is wrong with a post."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=FlagReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    note = _note(_("In a few words"), _("What should we look at? Do not quote what is confidential."))


class DecisionForm(forms.Form):
    """What becomes of a flagged post, and why."""

    decision = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of the post.")},
    )
    note = _note(
        _("Reason"),
        _("Whoever flagged the post reads it; its author does too, unless it stays."),
        _("Give the reason: whoever flagged the post reads it."),
    )


class TakeDownForm(forms.Form):
    """Why a facilitator takes down the words of somebody else."""

    reason = _note(
        _("Reason"),
        _("Its author reads it. It stands in the trail, too."),
        _("Say why, so that its author understands."),
    )


class MoveForm(forms.Form):
    """Where a topic goes."""

    board = BoardChoice(label=_("New board"), queryset=Board.objects.none(), empty_label=_("Choose a board"))
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, boards: Any) -> None:
        super().__init__(data)
        field_of(self, "board", forms.ModelChoiceField).queryset = boards
        self.fields["board"].widget.attrs["class"] = "input"


class RelayForm(forms.Form):
    """What is passed on to whoever asked."""

    body = forms.CharField(
        label=_("Your message"),
        help_text=_("It goes to whoever asked, with your name. You do not learn who it is."),
        error_messages={"required": _("Write something first.")},
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6}),
    )


class WhoAskedForm(forms.Form):
    """Why somebody has to know who asked."""

    reason = _note(
        _("Why do you have to know?"),
        _("It stands in the trail, with your name and the time. Who asked does not stand there."),
        _("Say why: nobody looks without a reason."),
    )
