"""Tags for hits: marked pieces of text, and the address behind a hit. Everything is escaped here, nothing trusted."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from search.page import url_of
from search.results import Hit, Segment

register = template.Library()


@register.simple_tag
def segments(pieces: Iterable[Segment]) -> SafeString:
    """Pieces of text, those that matched inside `<mark>`."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Segment) -> str:
    return format_html("<mark>{}</mark>", piece.text) if piece.marked else conditional_escape(str(piece.text))


@register.simple_tag
def hit_url(hit: Hit) -> str:
    """Where a hit leads."""
    return url_of(hit.object)
