"""Every component in every state on one page, for whoever builds the next page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe


@dataclass(frozen=True, slots=True)
class Section:
    """One group of components; its mark-up stands in templates/portal/styleguide/SLUG.html."""

    slug: str
    label: str | Promise

    @property
    def template(self) -> str:
        """The file with the mark-up."""
        return f"portal/styleguide/{self.slug}.html"


SECTIONS = (
    Section("colour", _("Colour")),
    Section("type", _("Type")),
    Section("parts", _("Buttons, chips, badges, faces")),
    Section("cards", _("Cards, lists, facts")),
    Section("reading", _("Plays and lessons")),
    Section("forms", _("Forms")),
    Section("writing", _("Composer")),
    Section("finding", _("Search and tables")),
    Section("states", _("States")),
)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The style guide."""
    return render(request, "portal/styleguide.html", {"sections": SECTIONS})
