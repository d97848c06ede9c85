"""Tags for prose with links: every piece is escaped here, on its way out."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from playbook.reading.text import Paragraph, Piece

register = template.Library()


@register.simple_tag
def pieces(paragraph: Paragraph) -> SafeString:
    """One line of text with its links."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in paragraph))


@register.simple_tag
def prose_paragraphs(paragraphs: Iterable[Paragraph]) -> SafeString:
    """A text as paragraphs."""
    return format_html_join("", "<p>{}</p>", ((pieces(paragraph),) for paragraph in paragraphs))


def _piece(piece: Piece) -> str:
    if piece.target is None:
        return piece.text
    return format_html('<a href="{}" title="{}">{}</a>', piece.target.url, piece.target.title, piece.text)
