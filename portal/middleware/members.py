"""Everybody is signed in: a stranger gets sign-in, health and static files, and nothing else.

The admin is there for those who may enter it; for everybody else its addresses are missing like any other.

One door in front of all rooms, so that a view that forgets to ask is still closed. The list is short on purpose;
tests/portal crawl every URL pattern as a stranger against it.
"""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url

from portal.typed import typed_words

OPEN_PATHS = frozenset(
    {
        "/accounts/login/",
        "/accounts/logout/",
        "/accounts/2fa/authenticate/",
        "/health/live",
        "/health/ready",
    }
)
ADMIN_PREFIX = "/admin/"
ENTER_ADMIN = "wagtailadmin.access_admin"
NAVIGATES = "navigate"
OPEN_PREFIXES = ("/accounts/password/reset/", "/notices/stop/", "/static/")


class MembersOnlyMiddleware:
    """Sends strangers to sign-in and closes sessions of people who left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_open(request.path):
            return self.get_response(request)
        if request.user.is_authenticated:
            if request.path.startswith(ADMIN_PREFIX):
                if not request.user.has_perm(ENTER_ADMIN):
                    raise Http404
                request.in_admin = True  # type: ignore[attr-defined]  # read by PolicyMiddleware
            return self.get_response(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": resolve_url("account_login")})
        return _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the door and back; with what was typed, where a form was sent after its session had ended.

    Scripts, which keep what they send, are led to the door and see by that where they stand.
    """
    door = redirect_to_login(request.get_full_path())
    typed = typed_words(request)
    if not typed or request.headers.get("Sec-Fetch-Mode", NAVIGATES) != NAVIGATES:
        return door
    return render(request, "errors/signed_out.html", {"typed": typed, "sign_in": door.url}, status=403)


def is_open(path: str) -> bool:
    """Whether a stranger may ask for this path."""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)
