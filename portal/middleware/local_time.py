"""Shows every time in the reader's own zone. Inside, all times are UTC."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from people.api import zone_of


class LocalTimeMiddleware:
    """Activates the zone of the reader's profile for the time of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)
