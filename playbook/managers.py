"""Querysets of guarded Wagtail pages. Default deny: without the tokens there are no rows."""

from typing import Any, Self

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from core.audiences import tokens_of


def readable(reader: object) -> Q:
    """The one condition for reading a page.

    Both tokens are asked: `effective_audience` carries the narrowing of the ancestors, and the page's own `audience`
    closes the moment in which a narrower page is live and its `effective_audience` is not settled yet.
    """
    tokens = sorted(tokens_of(reader))
    return Q(live=True, audience__in=tokens, effective_audience__in=tokens)


class PortalPageQuerySet(PageQuerySet):
    """Pages of one guarded type."""

    def visible_to(self, reader: object) -> Self:
        """The live pages whose tokens the reader holds."""
        found: Self = self.filter(readable(reader))
        return found

    def visible_under(self, parent: Any, reader: object) -> Self:
        """The children of `parent` a reader may see, in the order of the tree."""
        found: Self = self.child_of(parent).visible_to(reader).order_by("path")
        return found


PortalPageManager = PageManager.from_queryset(PortalPageQuerySet)
