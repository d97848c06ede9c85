"""Tools: what people fill in, tick, walk through or compute with, and the library they stand in.

Invariants: `code` is unique and stands in plays, lessons and downloads; the keys inside `body` are stable. Which plays
use a tool is edited on the play and kept in `ToolUse`; `named_plays` only remembers what the tool's file says. Of the
checks in the body readers see the message, never the rule.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from playbook.blocks.tool import ToolBodyBlock
from playbook.blocks.tool_codec import to_content
from playbook.calculators import calculator_for
from playbook.models.index import MAX_LEAD
from playbook.models.mixins import PortalPageMixin

MAX_SUMMARY = 170
SLUG = "tools"


class ToolKind(models.TextChoices):
    """The eight kinds of tools, in the order of the library."""

    CHECKLIST = "checklist", _("Checklist")
    TEMPLATE = "template", _("Template")
    REGISTER = "register", _("Register")
    MATRIX = "matrix", _("Matrix")
    MAP = "map", _("Map")
    AGENDA = "agenda", _("Agenda")
    SURVEY = "survey", _("Survey")
    CALCULATOR = "calculator", _("Calculator")


ICONS: Mapping[str, str] = {
    ToolKind.CHECKLIST: "list-checks",
    ToolKind.TEMPLATE: "file-text",
    ToolKind.REGISTER: "table",
    ToolKind.MATRIX: "table",
    ToolKind.MAP: "map",
    ToolKind.AGENDA: "calendar",
    ToolKind.SURVEY: "message-circle-question",
    ToolKind.CALCULATOR: "sliders-horizontal",
}


class ToolIndexPage(PortalPageMixin, Page):
    """`/playbook/tools/`: the library."""

    parent_page_types = ["playbook.PlaybookIndexPage"]
    subpage_types = ["playbook.ToolPage"]
    template = "playbook/tool_library.html"
    max_count = 1

    lead = models.CharField(_("lead"), max_length=MAX_LEAD, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), PortalPageMixin.audience_panel]

    class Meta:
        verbose_name = _("library of tools")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The tools the reader asked for."""
        from playbook.reading.tool_library import library_context

        return {**super().get_context(request, *args, **kwargs), **library_context(self, request)}


class ToolPage(PortalPageMixin, Page):
    """One tool."""

    parent_page_types = ["playbook.ToolIndexPage"]
    subpage_types: list[str] = []
    template = "playbook/tool.html"
    search_kind = "tool"
    exclude_fields_in_copy = ["code", "named_plays"]

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        null=True,
        validators=[RegexValidator(r"^T\d{2,3}[a-z]?$", _("A tool's code is T and two digits, as T07."))],
        help_text=_("T and two digits. It stands in plays and downloads: choose it once."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ToolKind, default=ToolKind.TEMPLATE)
    summary = models.CharField(
        _("summary"), max_length=MAX_SUMMARY, help_text=_("One sentence: what a reader gets from this tool.")
    )
    use_when = models.TextField(_("use it when"), help_text=_("What makes this the right moment."))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, help_text=_("How long somebody needs who knows the case.")
    )
    how = models.TextField(_("how to use it"), blank=True, help_text=_("One full sentence a line."))
    body = StreamField(ToolBodyBlock(), blank=True, verbose_name=_("the tool itself"))
    example = models.TextField(
        _("filled example"),
        blank=True,
        help_text=_("A short invented case. An empty line makes a paragraph."),
    )
    named_plays = models.JSONField(default=list, editable=False)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("kind"), FieldPanel("summary"), FieldPanel("minutes")],
            heading=_("In the library"),
        ),
        MultiFieldPanel([FieldPanel("use_when"), FieldPanel("how")], heading=_("Using it")),
        FieldPanel("body"),
        FieldPanel("example"),
        HelpPanel(
            content=_("Plays that use this tool are chosen on the play: in a step, or under “Further tools”.")
        ),
        PortalPageMixin.audience_panel,
    ]

    class Meta:
        verbose_name = _("tool")

    def get_admin_display_title(self) -> str:
        """The code before the title, as people speak of tools."""
        return f"{self.code or ''} {super().get_admin_display_title()}".strip()

    @property
    def icon(self) -> str:
        """The icon of the kind."""
        return ICONS.get(self.kind, "wrench")

    @property
    def calculates(self) -> bool:
        """Whether there is code that computes with it."""
        return calculator_for(self.code or "") is not None

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The body by the keys of the starter files: what the page, the downloads and the calculator read."""
        return to_content(self.body.get_prep_value())

    @property
    def content(self) -> dict[str, Any]:
        """The whole tool as its file holds it."""
        head = {
            "code": self.code,
            "title": self.title,
            "kind": self.kind,
            "summary": self.summary,
            "use_when": self.use_when,
            "minutes": self.minutes,
            "plays": list(self.named_plays),
            "how": self.how.splitlines(),
        }
        return {**head, **self.parts, "example": self.example}

    @property
    def offered_formats(self) -> tuple[str, ...]:
        """The files it can be downloaded as."""
        from playbook.downloads import formats_of

        return formats_of(self)

    def download_url(self, extension: str) -> str:
        """The address of one file."""
        return reverse("playbook:tool_download", args=[self.slug, extension])

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; while somebody types, the result alone with the address that leads back to it."""
        response = super().serve(request, *args, **kwargs)
        if wants_result_only(request) and isinstance(response, TemplateResponse):
            sheet = (response.context_data or {}).get("sheet")
            response.headers["HX-Replace-Url"] = sheet.share_url if sheet else "false"
            patch_vary_headers(response, ["HX-Request"])
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The tool as the reader sees it."""
        from playbook.reading.tool import tool_context

        return {**super().get_context(request, *args, **kwargs), **tool_context(self, request)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The page, or the result alone."""
        return RESULT_TEMPLATE if wants_result_only(request) else self.template


RESULT_TEMPLATE = "playbook/tool_result.html"
RESULT_TARGET = "calculator-result"


def wants_result_only(request: HttpRequest) -> bool:
    """Whether the calculator's form asks while somebody types."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and getattr(htmx, "target", None) == RESULT_TARGET
