"""What the views of profiles and requests share: the reader and the way back up."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.crumbs import Crumb
from people.models import User


def reader_of(request: HttpRequest) -> User:
    """Who is signed in; the door in front of all pages has turned strangers away."""
    return cast("User", request.user)


def way_up(*last: str) -> list[Crumb]:
    """Home, mentoring, then where the reader is."""
    home = [Crumb(_("Home"), reverse("home")), Crumb(_("Mentoring"), reverse("mentoring:home"))]
    return [*home, *(Crumb(words) for words in last)]
