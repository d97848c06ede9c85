"""Markdown that members wrote, kept with the HTML it became.

The source is the truth; the HTML is made by core.markdown when the source is saved and is stamped with the rules that
made it. `manage.py render_texts` makes it again where the stamp is old. A field without stored HTML is shown as plain
paragraphs, never as nothing.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from core.markdown import CONFIG_HASH, Notice, Rendered, plain_paragraphs, render, to_text


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a page shows of one field; `notice` says why it is plain, if it is."""

    html: str
    notice: Notice = Notice.NONE


class RenderedMixin(models.Model):
    """Adds stored HTML for the fields named in `markdown_fields`."""

    markdown_fields: ClassVar[tuple[str, ...]] = ()

    rendered = models.JSONField(default=dict, editable=False)
    rendered_with = models.CharField(max_length=12, default="", editable=False, db_index=True)

    class Meta:
        abstract = True

    def render_texts(self) -> tuple[str, ...]:
        """Renders all Markdown fields into this instance; the caller saves the fields it returns."""
        made = {name: self.render_text(name) for name in self.markdown_fields if getattr(self, name)}
        self.rendered = {name: [text.html, text.notice.value] for name, text in made.items()}
        self.rendered_with = CONFIG_HASH
        return ("rendered", "rendered_with")

    def render_text(self, field: str) -> Rendered:
        """The HTML of one field, as its model understands it."""
        return render(getattr(self, field))

    def shown(self, field: str) -> ShownText:
        """The HTML of a field for components/prose.html."""
        stored = self.rendered.get(field)
        if stored is None:
            return ShownText(plain_paragraphs(getattr(self, field)))
        return ShownText(stored[0], Notice(stored[1]))

    def words(self, field: str) -> str:
        """The text of a field without its marks, for the index, excerpts, titles and mail. Escape it where it is shown."""
        return to_text(self.shown(field).html)
