"""The results page and the titles offered while typing. Thin: state in, service, page out."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from search import api
from search.documents import specs
from search.forms import read_query, read_text, state_url
from search.page import build, last_page, url_of
from search.results import Hit, Segment
from search.ways_on import ways_on

MAX_SUGGESTIONS = 8
SHORTEST_TEXT = 2


@require_safe
def results(request: HttpRequest) -> HttpResponseBase:
    """One page of results; the same answer for a browser and for htmx, which takes the parts it needs.

    A page beyond the last one leads to the last one. `HX-Push-Url` puts the canonical address into the browser's bar.
    """
    query = read_query(request.GET)
    found = api.search(query, request.user)
    if query.page > last_page(found.total):
        return redirect(state_url(query, page=last_page(found.total)))
    page = build(query, found)
    response = render(
        request, "search/results.html", {"page": page, "ways_on": ways_on, "hide_site_search": True}
    )
    response["HX-Push-Url"] = state_url(query)
    return _private(response)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """Titles that go on from what was typed, as data for static/js/suggest.js."""
    text = read_text(request.GET.get("q", ""))
    hits = api.suggest(text, request.user)[:MAX_SUGGESTIONS] if len(text) >= SHORTEST_TEXT else []
    offered = [_offer(hit) for hit in hits if hit.kind in specs]
    words = ngettext("%(count)s suggestion", "%(count)s suggestions", len(offered)) % {"count": len(offered)}
    return _private(JsonResponse({"label": _("Suggestions"), "words": words, "suggestions": offered}))


def _offer(hit: Hit) -> dict[str, object]:
    spec = specs.get(hit.kind)
    return {
        "title": [_piece(segment) for segment in hit.title],
        "kind": str(spec.label),
        "icon": f"{static('icons/icons.svg')}#{spec.icon}",
        "url": url_of(hit.object),
    }


def _piece(segment: Segment) -> dict[str, object]:
    return {"text": segment.text, "marked": segment.marked}


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
