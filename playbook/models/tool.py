"""Tools of the playbook."""

from django.db import models
from wagtail.models import Page

from playbook.models.mixins import PortalPageMixin


class ToolIndexPage(PortalPageMixin, Page):
    """`/playbook/tools/`."""

    parent_page_types = ["playbook.PlaybookIndexPage"]
    subpage_types = ["playbook.ToolPage"]
    max_count = 1


class ToolPage(PortalPageMixin, Page):
    """One tool."""

    parent_page_types = ["playbook.ToolIndexPage"]
    subpage_types: list[str] = []
    search_kind = "tool"

    code = models.CharField(max_length=8, unique=True, null=True)
    kind = models.CharField(max_length=20, default="template")
    summary = models.CharField(max_length=170, blank=True)
