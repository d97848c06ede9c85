"""A page of text as it is read: the HTML stored when it went live, or rendered now in a preview."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from core.markdown import CONFIG_HASH, render
from playbook.addresses import address_of
from playbook.models import StandardPage


def standard_context(page: StandardPage, request: HttpRequest) -> dict[str, Any]:
    """The text and the way back up."""
    fresh = page.body_stamp == CONFIG_HASH and not getattr(request, "is_preview", False)
    crumbs = [Crumb(_("About this portal"), address_of(page.get_parent()))] if page.path else []
    return {
        "body": page.body_html if fresh else render(page.body).html,
        "crumbs": [*crumbs, Crumb(page.title)],
    }
