"""A tool as a play names it."""

from dataclasses import dataclass

from playbook.models import ToolPage


@dataclass(frozen=True, slots=True)
class ToolLink:
    """One tool beside a play."""

    pk: int
    code: str
    title: str
    kind: str
    icon: str
    url: str


def tool_link(tool: ToolPage) -> ToolLink:
    """The link of a tool that was already cut to the reader."""
    return ToolLink(
        pk=tool.pk,
        code=tool.code or "",
        title=tool.title,
        kind=tool.get_kind_display(),
        icon=tool.icon,
        url=tool.get_absolute_url(),
    )
