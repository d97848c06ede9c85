"""Addresses that libraries bring along and this portal does not offer."""

from typing import NoReturn

from django.http import Http404, HttpRequest


def closed(request: HttpRequest, key: str = "") -> NoReturn:
    """Nothing is here."""
    raise Http404
