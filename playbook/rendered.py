"""Tells core which HTML pages of text keep, so that `manage.py render_texts` makes it again with all other texts."""

from core.markdown import CONFIG_HASH
from core.rendered import RenderedKind, rendered_kinds
from playbook.models import StandardPage
from playbook.services.render_body import render_body

KIND = RenderedKind(
    label="playbook.standardpage",
    stale=lambda: StandardPage.objects.live().exclude(body_stamp=CONFIG_HASH),
    renew=lambda page: render_body(page=page),
)


def register() -> None:
    """Called when the app is ready."""
    rendered_kinds.register(KIND.label, KIND)
