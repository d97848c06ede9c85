"""Home: search, moments, the newest lessons, the plays that changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page after sign-in."""
    return render(request, "portal/home.html")
