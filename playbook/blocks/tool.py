"""The body of a tool: one stream of parts, the same for all eight kinds.

Each part is one list. `PART_KEYS` names the key of the starter file that a part comes from; two shapes of a key are two
parts (`sections` is a checklist or a form).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StreamBlock, TextBlock

from playbook.blocks import tool_parts as parts
from playbook.blocks.tool_values import LinesBlock

PART_KEYS: Mapping[str, str] = {
    "intro": "intro",
    "caps": "caps",
    "inputs": "inputs",
    "outputs": "outputs",
    "settings": "settings",
    "follow_up": "follow_up",
    "respondent": "respondent",
    "scale": "scale",
    "blocks": "blocks",
    "checklist": "sections",
    "fields": "sections",
    "agenda": "items",
    "columns": "columns",
    "scoring": "scoring",
    "bands": "bands",
    "views": "views",
    "view_notes": "views",
    "visibility": "visibility",
    "examples": "examples",
    "presets": "presets",
    "checks": "checks",
}


def part_of(key: str, value: Any) -> str:
    """The part that holds a key of a file, by the shape of its value; raises `ValueError` for an unknown key."""
    first = value[0] if isinstance(value, list) and value else None
    if key == "sections":
        return "checklist" if isinstance(first, dict) and "items" in first else "fields"
    if key == "views":
        return "view_notes" if isinstance(first, str) else "views"
    for part, its_key in PART_KEYS.items():
        if its_key == key:
            return part
    raise ValueError(f"A tool has no part for {key!r}.")


class ToolBodyBlock(StreamBlock):
    """All parts. Each stands once at most."""

    intro = TextBlock(rows=4, label=_("Introduction"))
    settings = ListBlock(parts.ToolFieldBlock(), label=_("Settings"), collapsed=True)
    checklist = ListBlock(parts.TaskGroupBlock(), label=_("Checklist"), collapsed=True)
    agenda = ListBlock(parts.AgendaItemBlock(), label=_("Agenda"), collapsed=True)
    fields = ListBlock(parts.ToolFieldBlock(), label=_("Fields"), collapsed=True)
    columns = ListBlock(parts.ToolFieldBlock(), label=_("Columns"), collapsed=True)
    respondent = ListBlock(parts.ToolFieldBlock(), label=_("About the respondent"), collapsed=True)
    scale = ListBlock(parts.ScalePointBlock(), label=_("Scale"), collapsed=True)
    blocks = ListBlock(parts.SurveyBlockBlock(), label=_("Survey blocks"), collapsed=True)
    follow_up = ListBlock(parts.ToolFieldBlock(), label=_("After the survey"), collapsed=True)
    caps = ListBlock(parts.CapBlock(), label=_("Caps"), collapsed=True)
    inputs = ListBlock(parts.InputBlock(), label=_("Inputs"), collapsed=True)
    outputs = ListBlock(parts.OutputBlock(), label=_("Outputs"), collapsed=True)
    scoring = ListBlock(parts.ScoreBlock(), label=_("Scoring"), collapsed=True)
    bands = ListBlock(parts.BandBlock(), label=_("Bands"), collapsed=True)
    views = ListBlock(parts.ScoreBlock(), label=_("Derived marks"), collapsed=True)
    view_notes = LinesBlock(label=_("Views of the result"))
    visibility = LinesBlock(label=_("Who sees what"))
    presets = ListBlock(parts.PresetBlock(), label=_("Presets"), collapsed=True)
    examples = ListBlock(parts.WorkedExampleBlock(), label=_("Worked examples"), collapsed=True)
    checks = ListBlock(parts.CheckBlock(), label=_("Checks"), collapsed=True)

    class Meta:
        block_counts = {part: {"max_num": 1} for part in PART_KEYS}
