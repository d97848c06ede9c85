"""A page of running text: the charter, what is confidential, accessibility.

The text is Markdown. What readers see is rendered once, when the page is published, by core.markdown, and kept in
`body_html`; a preview renders at once. Only HTML that came out of core.markdown is ever put into a page unescaped.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from playbook.models.index import MAX_LEAD
from playbook.models.mixins import PortalPageMixin


class StandardPage(PortalPageMixin, Page):
    """One page of text below `/pages/`."""

    parent_page_types = ["playbook.PagesIndexPage"]
    subpage_types: list[str] = []
    template = "playbook/standard.html"
    search_kind = "page"
    kept_over_revisions = (*PortalPageMixin.kept_over_revisions, "body_html", "body_stamp")

    lead = models.CharField(_("lead"), max_length=MAX_LEAD, blank=True)
    body = models.TextField(
        _("text"), help_text=_("Markdown: ## for a heading, - for a list, **bold**, [words](link).")
    )
    body_html = models.TextField(editable=False, default="")
    body_stamp = models.CharField(max_length=80, editable=False, default="")

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        PortalPageMixin.audience_panel,
    ]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The rendered text; that of the draft in a preview."""
        from playbook.reading.standard import standard_context

        return {**super().get_context(request, *args, **kwargs), **standard_context(self, request)}
