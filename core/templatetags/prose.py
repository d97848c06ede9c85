"""The one place that declares HTML safe. Use it through templates/components/prose.html, in element content only."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from core.markdown.clean import last_word
from core.models import RenderedMixin

register = template.Library()


@register.filter
def prose(html: str | None) -> SafeString:
    """Stored HTML of core.markdown, cleaned once more on its way out: a poisoned row shows nothing either."""
    return mark_safe(last_word(html or ""))  # noqa: S308  # this very line is what the whole pipeline is for


@register.inclusion_tag("components/prose.html")
def written(row: RenderedMixin, field: str) -> dict[str, object]:
    """What a member wrote in a field of a row: `{% written post "body" %}`."""
    text = row.shown(field)
    return {"html": text.html, "notice": text.notice.message}
