"""Keeps `effective_audience`: the narrowest audience of a page and all its ancestors.

Called after a page was published, moved or given another audience; walks the whole subtree and tells search of every
page whose readers changed, narrowing first of all. Running it again changes nothing.
"""

from django.db import transaction
from wagtail.models import Page

from core.audiences import COMMUNITY, is_narrower, narrowest
from playbook.models.mixins import PortalPageMixin
from playbook.services.index_page import touch_page


@transaction.atomic
def settle_audience(*, page: Page) -> int:
    """Brings the subtree of `page` in order; returns how many pages changed."""
    settled = {page.path[: -Page.steplen]: _above(page)}
    changed = 0
    for below in Page.objects.descendant_of(page, inclusive=True).order_by("path").specific():
        token = settled[below.path[: -Page.steplen]]
        if isinstance(below, PortalPageMixin):
            token = narrowest((token, below.audience))
            changed += _settle(below, token)
        settled[below.path] = token
    return changed


def _above(page: Page) -> str:
    """The narrowest audience of the ancestors, from their own audiences: what they have settled may be on its way."""
    ancestors = page.get_ancestors().specific()
    return narrowest(getattr(ancestor, "audience", COMMUNITY) for ancestor in ancestors)


def _settle(page: PortalPageMixin, token: str) -> bool:
    before = page.effective_audience
    if token == before:
        return False
    page.effective_audience = token
    type(page).objects.filter(pk=page.pk).update(effective_audience=token)
    touch_page(page=page, narrowing=is_narrower(token, before))
    return True
