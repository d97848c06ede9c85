"""Tells search of a page: the one way from the playbook into the index."""

from collections.abc import Iterable

from playbook.models.mixins import PortalPageMixin
from playbook.models.tool import ToolPage
from search import api as search_api


def touch_page(*, page: PortalPageMixin, narrowing: bool = False) -> None:
    """Has a page indexed again, or taken out where it is not live any more. Pages without a kind are not in search."""
    if page.search_kind and page.pk:
        search_api.touch(page, kind=page.search_kind, narrowing=narrowing)


def forget_page(*, page: PortalPageMixin) -> None:
    """Takes a deleted page out of search."""
    if page.search_kind:
        search_api.remove(kind=page.search_kind, object_id=page.pk, version=page.search_version)


def touch_tools(*, tools: Iterable[int]) -> None:
    """Has tools indexed again whose plays changed: in search a tool stands under the phases of its plays."""
    search_api.touch_many(tools, kind=ToolPage.search_kind)
