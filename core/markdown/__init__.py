"""Members' Markdown to HTML that is safe inside element content.

`render` is the one way in: guard, Python-Markdown and bleach in a child process with a CPU limit, nh3 as last word.
Rendering happens when a text is saved, never when it is read; what is stored carries `config_hash`, and a text whose
stamp is not `CONFIG_HASH` any more is rendered again from its source. The HTML belongs into element content only:
attributes, JSON, mail and excerpts take `to_text`.
"""

from core.markdown.guard import Notice
from core.markdown.pipeline import (
    CONFIG_HASH,
    Rendered,
    clean_html,
    plain_paragraphs,
    preview,
    render,
    render_many,
    source_to_text,
)
from core.markdown.text import to_text

__all__ = [
    "CONFIG_HASH",
    "Notice",
    "Rendered",
    "clean_html",
    "plain_paragraphs",
    "preview",
    "render",
    "render_many",
    "source_to_text",
    "to_text",
]
