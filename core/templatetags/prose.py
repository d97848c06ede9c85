"""The one place that declares HTML safe. Use it through templates/components/prose.html, in element content only."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from core.markdown.clean import last_word

register = template.Library()


@register.filter
def prose(html: str | None) -> SafeString:
    """Stored HTML of core.markdown, cleaned once more on its way out: a poisoned row shows nothing either."""
    return mark_safe(last_word(html or ""))  # noqa: S308  # this very line is what the whole pipeline is for
