"""A tool as a play names it."""

from dataclasses import dataclass

from django.http import HttpRequest

from playbook.models import ToolPage

ICONS = {
    "checklist": "list-checks",
    "template": "file-text",
    "register": "table",
    "matrix": "table",
    "map": "map",
    "survey": "message-circle-question",
    "agenda": "calendar",
    "calculator": "sliders-horizontal",
}


@dataclass(frozen=True, slots=True)
class ToolLink:
    """One tool beside a play."""

    pk: int
    code: str
    title: str
    kind: str
    icon: str
    url: str


def tool_link(tool: ToolPage, request: HttpRequest) -> ToolLink:
    """The link of a tool that was already cut to the reader."""
    kind = getattr(tool, "get_kind_display", lambda: tool.kind.capitalize())()
    return ToolLink(
        pk=tool.pk,
        code=tool.code or "",
        title=tool.title,
        kind=kind,
        icon=ICONS.get(tool.kind, "wrench"),
        url=tool.get_url(request),
    )
