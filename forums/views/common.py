"""What several views of the forums need: the reader, the way back, and what can be undone."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from people.models import User

Answer = TypeVar("Answer")
KEPT_OF_UNNAMED = "/"
"""What is kept beside its owner as the address of something unnamed, so that a second click finds nothing of it."""
UNDO = "forums_read_before"
FRESH = "forums_read_offer"


def reader_of(request: HttpRequest) -> User:
    """Who is signed in; the door in front of all pages has turned strangers away."""
    return cast("User", request.user)


def way_back(request: HttpRequest, otherwise: str = "") -> str:
    """Where a small act returns to: the page it was done on, never another site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else otherwise or reverse("forums:index")


def undo_of(request: HttpRequest) -> int:
    """How many topics were just marked as read and can be unmarked; offered on one page, then no more."""
    if not request.session.pop(FRESH, False):
        return 0
    return len(request.session.get(UNDO, {}))


def done(act: Callable[[], Answer]) -> Answer:
    """What a verb answers; what is not there for the reader, or not theirs to do, is missing."""
    try:
        return act()
    except (ObjectDoesNotExist, PermissionDenied, ValidationError) as refusal:
        raise Http404 from refusal
