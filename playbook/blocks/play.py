"""The structured parts of a play: steps, pitfalls, variants.

A step has a key that stands in links and in citations of lessons. It is made from the title once, when the step is
first saved, and stays when the title changes; a play refuses two steps of one key.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

STEP = "step"
MAX_KEY = 60
MAX_TITLE = 70
MAX_LINE = 120
TAKEN = _("Another step has the same key, “%(key)s”. Give this step another title, save, then rename it.")


def key_of(title: str) -> str:
    """The key a new step gets from its title: `check_the_gate`."""
    return slugify(title).replace("-", "_")[:MAX_KEY].strip("_")


class KeyBlock(blocks.CharBlock):
    """A key as the editor sees it: shown, never typed."""

    class Meta:
        label = _("Key in links")
        help_text = _("Made from the title when the step is saved for the first time. It never changes.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MAX_KEY, **kwargs)
        self.field.widget = forms.TextInput(attrs={"readonly": True})


class StepBlock(blocks.StructBlock):
    """One step of a play."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=MAX_TITLE, help_text=_("An order: “Map the contract”.")
    )
    text = blocks.TextBlock(
        label=_("What to do"),
        rows=5,
        help_text=_(
            "Two to four sentences that tell a first-timer what to do, and how to know that it is done."
        ),
    )
    who = blocks.CharBlock(label=_("Who"), max_length=MAX_LINE, required=False)
    timing = blocks.CharBlock(label=_("When"), max_length=MAX_LINE, required=False)
    tools = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="playbook.ToolPage", label=_("Tool")),
        label=_("Tools of this step"),
        default=[],
        required=False,
        collapsed=True,
    )
    key = KeyBlock()

    class Meta:
        label = _("Step")
        icon = "list-ol"
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        """Fills the key of a new step from its title."""
        cleaned = super().clean(value)
        if not cleaned["key"]:
            cleaned["key"] = key_of(cleaned["title"])
        return cleaned


class StepsBlock(blocks.StreamBlock):
    """The steps in order; refuses two of one key."""

    step = StepBlock()

    def clean(self, value: Any) -> Any:
        """Names the step whose key another one has."""
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for number, child in enumerate(cleaned):
            key = child.value["key"]
            if key and key in seen:
                errors[number] = StructBlockValidationError({"title": ValidationError(TAKEN % {"key": key})})
            seen.add(key)
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


class PitfallBlock(blocks.StructBlock):
    """What goes wrong, and what to do instead."""

    title = blocks.CharBlock(label=_("Title"), max_length=MAX_LINE)
    text = blocks.TextBlock(label=_("Why, and what to do instead"), rows=3)

    class Meta:
        label = _("Pitfall")
        icon = "warning"
        label_format = "{title}"


class VariantBlock(blocks.StructBlock):
    """What differs for one kind of partner or alliance."""

    case = blocks.CharBlock(label=_("For"), max_length=MAX_LINE, help_text=_("A partner or alliance type."))
    text = blocks.TextBlock(label=_("What differs"), rows=3)

    class Meta:
        label = _("Variant")
        icon = "resubmit"
        label_format = "{case}"


class PitfallsBlock(blocks.StreamBlock):
    """Pitfalls in order."""

    pitfall = PitfallBlock()


class VariantsBlock(blocks.StreamBlock):
    """Variants in order."""

    variant = VariantBlock()
