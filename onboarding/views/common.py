"""What the views of one's own path share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.crumbs import Crumb


def crumbs_to(title: str) -> list[Crumb]:
    """The way to a page of the path."""
    return [
        Crumb(_("Home"), reverse("home")),
        Crumb(_("Your first 90 days"), reverse("onboarding:journey")),
        Crumb(title),
    ]
