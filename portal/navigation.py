"""The words of the navigation. A room adds itself here when it has pages; nothing links to what does not exist."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the frame; `current` where the reader stands below it."""

    label: str | Promise
    url: str
    current: bool = False


MAIN = (
    Link(_("Playbook"), "/playbook/"),
    Link(_("Tools"), "/playbook/tools/"),
    Link(_("Lessons"), "/lessons/"),
    Link(_("Forums"), "/forums/"),
    Link(_("People"), "/people/"),
)
FOOT = (
    Link(_("Help"), "/pages/help/"),
    Link(_("Community charter"), "/pages/charter/"),
    Link(_("What is confidential"), "/pages/what-is-confidential/"),
    Link(_("Accessibility"), "/pages/accessibility/"),
)


def main_links(path: str) -> list[Link]:
    """The main navigation with the place of `path` marked: the longest prefix wins."""
    here = max((link.url for link in MAIN if path.startswith(link.url)), key=len, default="")
    return [Link(link.label, link.url, link.url == here) for link in MAIN]
