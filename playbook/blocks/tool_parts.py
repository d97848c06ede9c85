"""The parts a tool is made of: fields, tasks, agenda items, statements, scales, presets, checks.

Names of the parts are the keys of content/tools/*.yaml; the codec (playbook.blocks.tool_codec) reads these blocks as
its schema, so a part that is declared here is imported and exported without loss. Keys are stable: filled tools,
checks and formulas refer to them.
"""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from playbook.blocks.tool_values import LinesBlock, NestedBlock, ValueBlock

KEY_HELP = _("Stable. Filled tools and checks refer to it.")
VALUE_HELP = _(
    "Text, a number, true or false; lines that begin with “- ” are a list; null is deliberately empty."
)


class FieldType(TextChoices):
    """What is written into a field."""

    TEXT = "text", _("Text")
    LONG_TEXT = "long_text", _("Long text")
    CHOICE = "choice", _("Choice")
    NUMBER = "number", _("Number")
    MONEY = "money", _("Money")
    DATE = "date", _("Date")
    DAYS = "days", _("Days")
    PERSON = "person", _("Person")
    LIST = "list", _("List")
    YES_NO = "yes_no", _("Yes or no")


class Purpose(TextChoices):
    """What an agenda item is for."""

    INFORM = "inform", _("Inform")
    DISCUSS = "discuss", _("Discuss")
    DECIDE = "decide", _("Decide")


def key() -> blocks.CharBlock:
    """The stable key of a part."""
    return blocks.CharBlock(max_length=60, help_text=KEY_HELP, label=_("Key"))


def words(label: Any, *, required: bool = False) -> blocks.TextBlock:
    """A text of some lines."""
    return blocks.TextBlock(required=required, rows=2, label=label)


def line(label: Any, *, required: bool = False) -> blocks.CharBlock:
    """A text of one line."""
    return blocks.CharBlock(required=required, label=label)


def value(label: Any) -> ValueBlock:
    """A value that keeps its type."""
    return ValueBlock(label=label, help_text=VALUE_HELP)


def listed(block: blocks.Block, label: Any) -> blocks.ListBlock:
    """A list that may be empty."""
    return blocks.ListBlock(block, label=label, default=[], collapsed=True)


class ScalePointBlock(blocks.StructBlock):
    """One point of a scale."""

    value = value(_("Value"))
    label = line(_("Label"), required=True)
    help = words(_("Help"))
    help_works = words(_("Help where the item asks whether it works"))


class ColumnBlock(blocks.StructBlock):
    """One column of a small table inside a field."""

    key = key()
    label = line(_("Label"), required=True)
    type = blocks.ChoiceBlock(choices=FieldType.choices, default=FieldType.TEXT, label=_("Type"))
    required = blocks.BooleanBlock(required=False, label=_("Required"))
    help = words(_("Help"))
    choices = LinesBlock(label=_("Choices"))
    min = value(_("Lowest"))
    max = value(_("Highest"))
    example = value(_("Example"))


class ToolFieldBlock(blocks.StructBlock):
    """One field of a form, or one column of a register."""

    key = key()
    label = line(_("Label"), required=True)
    group = line(_("Group"))
    type = blocks.ChoiceBlock(choices=FieldType.choices, default=FieldType.TEXT, label=_("Type"))
    required = blocks.BooleanBlock(required=False, label=_("Required"))
    help = words(_("Help"))
    choices = LinesBlock(label=_("Choices"))
    min = value(_("Lowest"))
    max = value(_("Highest"))
    labels = LinesBlock(label=_("Words for the numbers"))
    default = value(_("Default"))
    scale = listed(ScalePointBlock(), _("Scale"))
    example = value(_("Example"))
    columns = listed(ColumnBlock(), _("Columns"))


class TaskBlock(blocks.StructBlock):
    """One item of a checklist."""

    key = key()
    text = words(_("What to do"), required=True)
    due_day = value(_("Due day"))
    blocking = blocks.BooleanBlock(required=False, label=_("Blocks what follows"))
    owner = line(_("Owner"))
    help = words(_("Help"))


class TaskGroupBlock(blocks.StructBlock):
    """One section of a checklist."""

    title = line(_("Title"), required=True)
    items = listed(TaskBlock(), _("Items"))


class AgendaItemBlock(blocks.StructBlock):
    """One item of an agenda."""

    key = key()
    title = line(_("Title"), required=True)
    minutes = blocks.IntegerBlock(min_value=1, label=_("Minutes"))
    leader = line(_("Who leads"))
    purpose = blocks.ChoiceBlock(choices=Purpose.choices, label=_("Purpose"))
    help = words(_("Help"))


class AnchorBlock(blocks.StructBlock):
    """What one point of the scale means for one item."""

    value = value(_("Value"))
    label = words(_("Meaning"), required=True)


class StatementBlock(blocks.StructBlock):
    """One item of a survey."""

    key = key()
    context = line(_("Context"))
    activity = line(_("Activity"))
    aspect = line(_("Aspect"))
    text = words(_("Text"), required=True)
    about = line(_("About"))
    goal = line(_("Goal"))
    help = words(_("Help"))
    low_means = words(_("What a low score means"))
    plays = LinesBlock(label=_("Plays"))
    tools = LinesBlock(label=_("Tools"))
    anchors = listed(AnchorBlock(), _("Anchors"))
    choices = LinesBlock(label=_("Choices"))
    unit = line(_("Unit"))
    min = value(_("Lowest"))
    required = value(_("Required"))
    reverse = blocks.BooleanBlock(required=False, label=_("Reversed: agreeing is bad news"))


class SurveyBlockBlock(blocks.StructBlock):
    """One block of a survey."""

    key = key()
    title = line(_("Title"), required=True)
    who = line(_("Who answers"))
    minutes = value(_("Minutes"))
    component = line(_("Component"))
    habit = line(_("Habit"))
    plays = LinesBlock(label=_("Plays"))
    fit = line(_("Fit"))
    comment = words(_("Question for a comment"))
    answer = line(_("Kind of answer"))
    intro = words(_("Introduction"))
    scale = listed(ScalePointBlock(), _("Own scale"))
    items = listed(StatementBlock(), _("Items"))


class ScoreBlock(blocks.StructBlock):
    """One value that is derived from answers, or one view of a map."""

    key = key()
    label = line(_("Label"), required=True)
    formula = words(_("How it is computed"))
    unit = line(_("Unit"))
    target = value(_("Target"))
    flag = line(_("Flag"))
    note = words(_("Note"))


class InputColumnBlock(blocks.StructBlock):
    """One column of a list that a calculator asks for."""

    key = key()
    label = line(_("Label"), required=True)
    type = line(_("Type"))
    choices = LinesBlock(label=_("Choices"))
    unit = line(_("Unit"))
    min = value(_("Lowest"))
    max = value(_("Highest"))
    default = value(_("Default"))
    help = words(_("Help"))


class InputBlock(InputColumnBlock):
    """One input of a calculator."""

    columns = listed(InputColumnBlock(), _("Columns"))


class OutputBlock(blocks.StructBlock):
    """One output of a calculator. The formula explains; the computing is code."""

    key = key()
    per = line(_("Once per row of"))
    label = line(_("Label"), required=True)
    unit = line(_("Unit"))
    formula = words(_("Formula"))


class CapBlock(blocks.StructBlock):
    """How many alliances of a category one manager usually carries."""

    category = line(_("Category"), required=True)
    label = line(_("Label"), required=True)
    usual = line(_("Usual"))
    lower = value(_("Lower end"))
    mid = value(_("Middle"))
    upper = value(_("Upper end"))
    floor = value(_("Never below"))


class WorkedExampleBlock(blocks.StructBlock):
    """A worked case of a calculator."""

    name = line(_("Name"), required=True)
    inputs = NestedBlock(label=_("Inputs"))
    outputs = NestedBlock(label=_("Outputs"))
    warnings = LinesBlock(label=_("Messages that appear"))


class CheckBlock(blocks.StructBlock):
    """One warning. Readers see the message; the rule is its name for the developer."""

    rule = blocks.TextBlock(
        rows=2,
        label=_("Rule"),
        help_text=_("A note for the developer, by which code finds the check. Never shown to readers."),
    )
    message = words(_("Message"), required=True)


class BandBlock(blocks.StructBlock):
    """What a range of results means."""

    def __init__(self, **kwargs: Any) -> None:
        children = [
            ("key", key()),
            ("label", line(_("Label"), required=True)),
            ("from", value(_("From"))),
            ("to", value(_("Up to and with"))),
            ("below", value(_("Below"))),
            ("text", words(_("What to do"))),
        ]
        super().__init__(children, **kwargs)


class PresetBlock(blocks.StructBlock):
    """A start for one kind of case: values, advice in words, or both."""

    def __init__(self, **kwargs: Any) -> None:
        children = [
            ("name", line(_("Name"), required=True)),
            ("for", words(_("For"))),
            ("text", blocks.TextBlock(required=False, rows=4, label=_("Advice"))),
            (
                "values",
                NestedBlock(label=_("Values"), help_text=_("Keys of fields and what they start with.")),
            ),
        ]
        super().__init__(children, **kwargs)
