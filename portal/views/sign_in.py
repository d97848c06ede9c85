"""Closes the side doors: both sign-in pages of Wagtail lead to the one of the portal."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from people.adapters import is_local_path


@require_safe
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in and from there back to `next`, where that is a path of ours; home for who is signed in already."""
    target = request.GET.get("next", "")
    target = target if is_local_path(target) else "/"
    if request.user.is_authenticated:
        return redirect("home")
    return redirect_to_login(target, settings.LOGIN_URL)
