"""The front of the playbook, the pages of its phases, and the front of the free pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from core.models import Term, Vocabulary
from playbook.models.mixins import PortalPageMixin

MAX_LEAD = 300


class PlaybookIndexPage(PortalPageMixin, Page):
    """`/playbook/`: the map, the lists, and the print of the whole book."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["playbook.PhasePage", "playbook.PlayPage", "playbook.ToolIndexPage"]
    max_count = 1

    lead = models.CharField(_("lead"), max_length=MAX_LEAD, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), PortalPageMixin.audience_panel]

    class Meta:
        verbose_name = _("playbook")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the chosen tab shows."""
        from playbook.reading.index import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The page of the chosen tab."""
        from playbook.reading.index import index_template

        return index_template(request)


class PhasePage(PortalPageMixin, Page):
    """One phase of the life cycle with its plays."""

    parent_page_types = ["playbook.PlaybookIndexPage"]
    subpage_types: list[str] = []
    template = "playbook/phase.html"
    search_kind = ""

    phase = models.OneToOneField(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.LIFECYCLE_PHASE},
        verbose_name=_("phase"),
    )
    lead = models.CharField(_("lead"), max_length=MAX_LEAD, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("phase"),
        FieldPanel("lead"),
        PortalPageMixin.audience_panel,
    ]

    class Meta:
        verbose_name = _("phase")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The plays of the phase by component."""
        from playbook.reading.index import phase_context

        return {**super().get_context(request, *args, **kwargs), **phase_context(self, request)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The list, or the phase as a small book to print."""
        return "playbook/book.html" if "print" in request.GET else self.template


class PagesIndexPage(PortalPageMixin, Page):
    """`/pages/`: the list of the free pages."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["playbook.StandardPage"]
    template = "playbook/pages_index.html"
    max_count = 1

    content_panels = [*Page.content_panels, PortalPageMixin.audience_panel]

    class Meta:
        verbose_name = _("list of pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The pages the reader may see."""
        from playbook.models.standard import StandardPage

        pages = StandardPage.objects.visible_under(self, request.user).order_by("title")
        return {**super().get_context(request, *args, **kwargs), "pages": pages}
