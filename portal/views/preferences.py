"""Small settings a reader changes from the account menu."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("light", "dark", "")


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remembers light, dark or "as the system" in a cookie and goes back to where the reader was."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(target if safe else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=31_536_000, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response
