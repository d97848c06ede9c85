"""Refuses what no page of ours can read: unknown verbs (TRACE among them) and null characters in an address.

PostgreSQL cannot store or compare a null character, so a view that passes one on would fail with a 500.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
NULLS = ("\x00", "%00")


class ReadableRequestMiddleware:
    """405 for a verb outside the list, 400 for a null character in path or query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        """Here and not above, so that Django answers with our page for 400."""
        address = request.path_info + request.META.get("QUERY_STRING", "")
        if any(null in address for null in NULLS):
            raise BadRequest("Null character in the address.")
