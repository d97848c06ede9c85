"""Renders the Markdown of a page once, when it goes live."""

from core.markdown import render
from playbook.models import StandardPage


def render_body(*, page: StandardPage) -> None:
    """Stores the HTML of the live text with the stamp of the rules that made it, unless the text is another by now."""
    rendered = render(page.body)
    page.body_html, page.body_stamp = rendered.html, rendered.config_hash
    same = StandardPage.objects.filter(pk=page.pk, body=page.body)
    same.update(body_html=page.body_html, body_stamp=page.body_stamp)
