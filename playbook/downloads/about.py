"""What a file says of itself, and text that is safe to put into one."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from playbook.models import ToolPage

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LINE = re.compile(r"(?<=[\n\v\f\x1c-\x1e\x85\u2028\u2029])|(?<=\r)(?!\n)")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_000

CellValue = str | bool | int | float | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from and when it was taken."""

    address: str
    taken: date


def plain(text: str) -> str:
    """Text without the signs that no office format can hold."""
    return ILLEGAL.sub("", text)


def safe_cell(value: object) -> CellValue:
    """A value for a cell. Text of which any line begins like a formula gets an apostrophe in front of that line."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = plain(str(value))[:LONGEST_CELL]
    return "".join(f"'{line}" if line.startswith(FORMULA_STARTS) else line for line in LINE.split(text))


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
