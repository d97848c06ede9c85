"""The one place that declares HTML safe. Use it through templates/components/prose.html, in element content only."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.markdown.clean import last_word
from core.models import RenderedMixin

register = template.Library()


@register.filter
def prose(html: str | None) -> SafeString:
    """Stored HTML of core.markdown, cleaned once more on its way out: a poisoned row shows nothing either."""
    return mark_safe(last_word(html or ""))  # noqa: S308  # this very line is what the whole pipeline is for


@register.simple_tag
def written(row: RenderedMixin, field: str) -> SafeString:
    """What a member wrote in a field of a row: `{% written post "body" %}`. The usual case needs no template."""
    text = row.shown(field)
    if notice := text.notice.message:
        return render_to_string("components/prose.html", {"html": text.html, "notice": notice})
    return format_html('<div class="prose">{}</div>', prose(text.html))
