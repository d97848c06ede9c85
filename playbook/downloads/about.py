"""What a file says of itself."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from playbook.models import ToolPage


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from and when it was taken."""

    address: str
    taken: date


def about_lines(tool: ToolPage, source: Source) -> list[tuple[str, str]]:
    """Label and words: what the file is, of which state, and what it is not."""
    published = tool.last_published_at
    return [
        (_("Tool"), f"{tool.code} {tool.title}"),
        (_("Kind"), str(tool.get_kind_display())),
        (_("Summary"), tool.summary),
        (_("Use it when"), tool.use_when),
        (_("Time"), _("%(minutes)d minutes") % {"minutes": tool.minutes}),
        (_("Source"), f"Alliance Commons, {source.address}"),
        (
            _("Version"),
            _("as published on %(day)s") % {"day": day(published.date())} if published else _("draft"),
        ),
        (_("Downloaded"), day(source.taken)),
        (_("Status"), _("Uncontrolled copy: the portal holds the version in force.")),
    ]


def day(value: date) -> str:
    """A day in full."""
    return date_format(value, "j F Y")
