"""Answers 404 in the admin for pages an editor may not know of: history, previews, revisions and all else about them.

Wagtail asks for rights view by view and sends those who lack them to another page, which tells that the page exists.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from playbook.permissions import closed_to

PAGE_ARGUMENTS = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id"})
COMPARE = "wagtailadmin_pages:revisions_compare"
API_DETAIL = "wagtailadmin_api:pages:detail"


class ClosedPagesMiddleware:
    """Stands behind authentication; looks at admin addresses that name a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """Raises 404 where the address names a closed page."""
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return
        ids = set(_pages(request, args, kwargs))
        if ids and closed_to(request.user).filter(pk__in=ids).exists():
            raise Http404


def _pages(request: HttpRequest, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Iterator[int]:
    yield from (int(value) for name, value in kwargs.items() if name in PAGE_ARGUMENTS)
    match = request.resolver_match
    name = match.view_name if match else ""
    if name == COMPARE:
        yield int(args[0])
    if name == API_DETAIL:
        yield int(kwargs["pk"])
