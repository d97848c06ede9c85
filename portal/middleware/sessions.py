"""Ends a session whose person went away, and leads who may enter the admin to the second step that their role needs.

Both are asked for by settings. Stands after the messages and before the door of members, which then treats who was signed
out like any stranger. The admin's own pings say that a page is open, not that anybody is there.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext, ngettext

from people.sessions import is_idle, note_seen, owes_second_step
from portal.middleware.members import ADMIN_PREFIX, is_open

PINGS = f"{ADMIN_PREFIX}editing-sessions/"
OWN_ACCOUNT = "/accounts/"


class SessionMiddleware:
    """Idle sessions end; sessions that owe a second step reach the pages of the own account only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_open(request.path) and request.user.is_authenticated:
            if settings.SESSION_IDLE_MINUTES:
                self._end_or_note(request)
            if not request.path.startswith(OWN_ACCOUNT) and owes_second_step(request):
                return _to_second_step(request)
        return self.get_response(request)

    def _end_or_note(self, request: HttpRequest) -> None:
        if is_idle(request.session):
            logout(request)
            messages.info(request, _why(settings.SESSION_IDLE_MINUTES))
        elif not request.path.startswith(PINGS):
            note_seen(request.session)


def _why(minutes: int) -> str:
    return ngettext(
        "You were signed out because nothing happened for %(minutes)s minute.",
        "You were signed out because nothing happened for %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def _to_second_step(request: HttpRequest) -> HttpResponseBase:
    messages.info(request, gettext("Your role needs a second step at sign-in. Add it here to go on."))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url("mfa_activate_totp")})
    return redirect("mfa_activate_totp")
