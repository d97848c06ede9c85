"""The fields by which a lesson is written: for the steps of recording it, and for completing it afterwards.

One-line texts are trimmed; Markdown stays exactly as it was typed. An error says what to do, and loses nothing.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from composer.forms import ComposerField
from core.models import Term, Vocabulary
from lessons.capture.steps import WHYS
from lessons.choices import Outcome
from lessons.pointing import points_elsewhere

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

TITLE_LENGTHS = (10, 150)
LINE_LENGTH = 300
MOST_DAYS = 5000
MOST_MONEY = 100_000

WHY_LABELS = (
    _("Why did it happen?"),
    _("Why was that?"),
    _("And why was that?"),
    _("Why that? (if there is more)"),
    _("And why that? (if there is more)"),
)
WHY_HINTS = (
    _("The direct reason."),
    _("Answers the line above."),
    _("A practice or a missing owner, not the name of a person."),
    _("Stop when it is something people can change."),
    _("Stop when it is something people can change."),
)
OUTCOMES = {
    Outcome.NEGATIVE: _("Others should avoid it"),
    Outcome.POSITIVE: _("Others should copy it"),
    Outcome.MIXED: _("Some of both"),
}


def line(
    label: "Words", hint: "Words" = "", *, missing: "Words" = "", most: int = LINE_LENGTH, **more: Any
) -> forms.CharField:
    """One line of plain text; required where `missing` says what to do without it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        error_messages={"required": missing} if missing else {},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        **more,
    )


def body(label: "Words", hint: "Words" = "", *, missing: "Words" = "", rows: int = 5) -> ComposerField:
    """A Markdown text."""
    field = ComposerField(
        label=label,
        help_text=hint,
        required=bool(missing),
        error_messages={"required": missing} if missing else {},
        validators=[_told_here],
    )
    field.widget.attrs["rows"] = rows
    return field


def _told_here(text: str) -> None:
    if points_elsewhere(text):
        raise ValidationError(
            _("Tell it here in a few sentences: who finds this lesson cannot open what lies elsewhere."),
            code="points_elsewhere",
        )


def term(
    vocabulary: Vocabulary, hint: "Words" = "", *, missing: "Words" = "", label: "Words" = ""
) -> "forms.ModelChoiceField[Term]":
    """One term of a vocabulary, by its code."""
    return forms.ModelChoiceField(
        Term.objects.of(vocabulary),
        to_field_name="code",
        label=label or vocabulary.label,
        help_text=hint,
        required=bool(missing),
        empty_label=_("Choose one") if missing else _("Leave open"),
        error_messages={"required": missing, "invalid_choice": _("Choose one of the list.")},
        widget=forms.Select(attrs={"class": "input"}),
    )


def title() -> forms.CharField:
    """What happened or what works."""
    shortest, longest = TITLE_LENGTHS
    field = line(
        _("Title"),
        _("What happened or what works, as you would tell a colleague. No names."),
        missing=_("Give the lesson a title."),
        most=longest,
    )
    words = _("Say it in %(limit_value)d characters or more.")
    field.validators.append(MinLengthValidator(shortest, words))
    return field


def whys() -> dict[str, forms.CharField]:
    """Five lines; the first is the one that counts."""
    first = _("Say why it happened. One why is enough to begin with.")
    numbered = zip(WHYS, WHY_LABELS, WHY_HINTS, strict=True)
    return {
        name: line(label, hint, missing=first if name == WHYS[0] else "") for name, label, hint in numbered
    }


def outcome() -> forms.ChoiceField:
    """How it ended."""
    return forms.ChoiceField(
        label=_("How did it end?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it ended.")},
    )


def days() -> forms.IntegerField:
    """Working days."""
    return forms.IntegerField(
        label=_("Working days"),
        help_text=_("Lost, or gained where it went well."),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "input short", "inputmode": "numeric"}),
    )


def money() -> forms.DecimalField:
    """Million US dollars."""
    return forms.DecimalField(
        label=_("Money, in million US dollars"),
        help_text=_("Rounded: 0.3 is three hundred thousand. Never the terms of a deal."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(MOST_MONEY),
        max_digits=9,
        decimal_places=3,
        widget=forms.NumberInput(attrs={"class": "input short", "step": "any", "inputmode": "decimal"}),
    )


planned = partial(
    body, _("What was planned"), _("The plan or the rule as it stood, with a date or a number."), rows=4
)
happened = partial(
    body,
    _("What happened"),
    _("Enough that a stranger can retell it: three to six sentences."),
    missing=_("Tell what happened."),
    rows=8,
)
relationship = partial(
    body, _("Effect on the relationship"), _("What people on the other side did or said differently."), rows=3
)
evidence = partial(
    body, _("How we know"), _("Sources only: logs, minutes by date, figures with who checked them."), rows=3
)


def advice() -> dict[str, forms.CharField]:
    """Who does what, and when."""
    return {
        "advice_who": line(
            _("Who"), _("A role that every alliance has."), missing=_("Say who should act."), most=120
        ),
        "advice_does": line(
            _("does what"),
            _("Begin with a verb. One act that can be seen, not “communicate better”."),
            missing=_("Say what they should do."),
        ),
        "advice_when": line(
            _("when"),
            _("A date, an event or a limit."),
            missing=_("Say when: a date, an event or a limit."),
            most=200,
        ),
    }


def answered(values: Sequence[str]) -> list[str]:
    """The whys that were answered, in order."""
    return [value.strip() for value in values if value.strip()]
