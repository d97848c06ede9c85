"""Every component in every state on one page, for whoever builds the next page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The style guide."""
    return render(request, "portal/styleguide.html")
