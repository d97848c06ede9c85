"""How the fields of a lesson are shown."""

from typing import Any

from django import template
from django.forms import BoundField

from composer.forms import ComposerField
from lessons.capture.fields import OUTCOMES
from lessons.choices import Outcome

register = template.Library()


@register.filter
def is_body(field: BoundField) -> bool:
    """Whether it holds Markdown."""
    return isinstance(field.field, ComposerField)


@register.filter
def with_hints(field: BoundField) -> list[tuple[Any, object]]:
    """The choices of an outcome with what each means for readers."""
    return [(choice, OUTCOMES[Outcome(choice.data["value"])]) for choice in field]
