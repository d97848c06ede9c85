"""Small blocks of a tool's body whose words keep their type: numbers stay numbers, nothing stays nothing.

A tool's parts carry examples, limits and presets that are text, numbers, yes or no, lists, or deliberately empty. The
editor writes them as plain words; `typed` and `written` turn words into values and back without loss. YAML of presets
is read by a loader without dates, aliases and tags: what an editor writes is data, never an instruction.
"""

import json
import re
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import AdminAutoHeightTextInput

ABSENT: Any = object()
"""What a part says that is not there, as against `None`, which is there and empty."""

WORDS = {"null": None, "true": True, "false": False}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
LINE = "- "
TIMESTAMP = "tag:yaml.org,2002:timestamp"


def typed(text: str) -> Any:
    """The value of words: `30` a number, `true` yes, `null` nothing, lines that begin with `- ` a list, else text."""
    if not text:
        return ABSENT
    if text in WORDS:
        return WORDS[text]
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if text.startswith('"') and text.endswith('"'):
        return _quoted(text)
    lines = text.split("\n")
    if all(line.startswith(LINE) for line in lines):
        return [line.removeprefix(LINE) for line in lines]
    return text


def written(value: Any) -> str:
    """The words of a value; text that would be read as something else stands in quotation marks."""
    if value is ABSENT:
        return ""
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, list):
        return "\n".join(f"{LINE}{line}" for line in value)
    return value if typed(value) == value else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    try:
        inside = json.loads(text)
    except ValueError:
        return text
    return inside if isinstance(inside, str) else text


class PlainLoader(yaml.SafeLoader):
    """YAML without dates (they stay text) and without aliases, which could make little text very large."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != TIMESTAMP]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuses references."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("References (*name) are not allowed.")
        return super().compose_node(parent, index)


def read_nested(text: str) -> Any:
    """Lists and fields out of YAML; raises `yaml.YAMLError`."""
    loader = PlainLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def write_nested(value: Any) -> str:
    """YAML as an editor reads it."""
    return "" if value is None else yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)


class Unreadable(str):
    """Words that are no YAML, kept so that the editor sees them again beside the error."""


def check_nested(text: str) -> None:
    """The validator of the field."""
    try:
        value = read_nested(text)
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        raise ValidationError(_("This cannot be read: %(problem)s") % {"problem": problem}) from problem
    if value is not None and not isinstance(value, dict | list):
        raise ValidationError(_("Write fields (name: value) or a list (- value)."))


class ValueBlock(blocks.TextBlock):
    """One value that keeps its type; empty means that the tool does not say it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, rows=1, **kwargs)


class LinesBlock(blocks.TextBlock):
    """Several short texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, rows=3, **kwargs)


class NestedBlock(blocks.FieldBlock):
    """Fields and lists, stored as they are and edited as YAML."""

    class Meta:
        default = None
        icon = "code"

    def __init__(self, help_text: Any = "", **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=False,
            help_text=help_text,
            validators=[check_nested],
            widget=AdminAutoHeightTextInput(attrs={"rows": 4, "spellcheck": "false"}),
        )
        super().__init__(**kwargs)

    def value_for_form(self, value: Any) -> str:
        """YAML, or what somebody wrote that is none."""
        return value if isinstance(value, Unreadable) else write_nested(value)

    def value_from_form(self, value: str) -> Any:
        """The value; unreadable words stay for the validator to refuse."""
        try:
            return read_nested(value or "")
        except (yaml.YAMLError, RecursionError, ValueError):
            return Unreadable(value)

    def get_searchable_content(self, value: Any) -> list[str]:
        """The words inside."""
        return [] if value is None else [str(part) for part in leaves(value)]


def leaves(value: Any) -> list[Any]:
    """All single values in fields and lists."""
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [value]
