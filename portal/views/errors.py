"""The error pages. They say what happened, what is safe and what to do next, and never why in detail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.typed import typed_words


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: what may not be done; a page somebody may not see is a 404."""
    return render(request, "errors/403.html", status=403)


def form_ran_out(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the token of its session, with what was typed into it."""
    return render(request, "errors/403.html", {"typed": typed_words(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same answer for what is missing and for what is for others."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without context, so that it works when nothing else does."""
    return render(request, "errors/500.html", status=500)
