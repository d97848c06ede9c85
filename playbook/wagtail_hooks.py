"""The admin as editors of the playbook meet it: choosers that offer what they may see, no button for view restrictions."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from playbook.admin.glossary import GlossaryViewSet
from playbook.choosers import person_chooser
from playbook.models.mixins import PortalPageMixin
from playbook.permissions import without_closed
from playbook.services.settle_audience import settle_audience


@hooks.register("construct_page_chooser_queryset")
def choose_from_open_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """A chooser offers no page that the editor may not know of."""
    return without_closed(pages, request.user)


@hooks.register("before_serve_page")
def serve_only_guarded_pages(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """A page without an audience is shown to nobody; the root page of the site is such a page."""
    if not isinstance(page, PortalPageMixin):
        raise Http404


@hooks.register("after_create_page")
def settle_new_page(request: HttpRequest, page: Page) -> None:
    """A draft takes the narrowing of its ancestors at once, not only when it goes live."""
    settle_audience(page=page)


@hooks.register("register_admin_viewset")
def register_person_chooser() -> ChooserViewSet:
    """The window in which an owner is chosen."""
    return person_chooser


@hooks.register("register_admin_viewset")
def register_glossary() -> GlossaryViewSet:
    """The terms of the glossary."""
    return GlossaryViewSet()
