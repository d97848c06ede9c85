"""Closes the side doors: both sign-in pages of Wagtail lead to the one of the portal.

A stranger never comes this far, the door in front of all rooms sends them to sign-in; who is signed in goes home.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
def to_home(request: HttpRequest) -> HttpResponse:
    """Home, whatever `next` says."""
    return redirect("home")
