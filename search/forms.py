"""The state of the results page in the URL: read with suspicion, written in one canonical form.

Nothing a reader can type into the address is an error: what is not known is ignored, numbers are brought into range,
control characters vanish, long words are cut. Defaults are never written, so one state has one address.
"""

import re
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from search.documents import facets, specs
from search.labels import known_codes
from search.queries import MAX_PAGE, MAX_TEXT, SearchQuery, Sort

MAX_VALUES_A_FACET = 30

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_NUMBER = re.compile(r"[0-9]{1,6}")


def read_text(raw: str) -> str:
    """The words to search for: no control characters, single spaces, no longer than a search may be."""
    return " ".join(_CONTROLS.sub(" ", raw[: MAX_TEXT * 4]).split())[:MAX_TEXT].strip()


def read_query(parameters: QueryDict) -> SearchQuery:
    """The search that a URL asks for; unknown kinds, facets, codes and orders are left out."""
    kind = parameters.get("kind", "")
    return SearchQuery(
        text=read_text(parameters.get("q", "")),
        kind=kind if kind in specs else "",
        facets=_read_facets(parameters),
        sort=_read_sort(parameters.get("sort", "")),
        own_words=parameters.get("own", "") == "1",
        page=_read_page(parameters.get("page", "")),
    )


def _read_facets(parameters: QueryDict) -> dict[str, tuple[str, ...]]:
    asked = {facet.name: set(parameters.getlist(facet.name)) for facet in facets if facet.name in parameters}
    known = known_codes(asked)
    chosen = {
        name: tuple(code for code in known[name] if code in codes)[:MAX_VALUES_A_FACET]
        for name, codes in asked.items()
    }
    return {name: codes for name, codes in chosen.items() if codes}


def _read_sort(raw: str) -> Sort:
    return Sort(raw) if raw in set(Sort) else Sort.RELEVANCE


def _read_page(raw: str) -> int:
    return min(max(int(raw), 1), MAX_PAGE) if _NUMBER.fullmatch(raw) else 1


def state_parameters(query: SearchQuery) -> list[tuple[str, str]]:
    """The parameters of a state in canonical order, without defaults."""
    parameters = [("q", query.text), ("kind", query.kind)]
    parameters += [(name, code) for name in facets.keys() for code in query.facets.get(name, ())]
    if query.sort is not Sort.RELEVANCE:
        parameters.append(("sort", query.sort.value))
    if query.own_words:
        parameters.append(("own", "1"))
    if query.page > 1:
        parameters.append(("page", str(query.page)))
    return [(name, value) for name, value in parameters if value]


def state_url(query: SearchQuery, **changes: object) -> str:
    """The address of a state. Every change starts on page 1 again, unless it is the page that changes."""
    state = query.but(**({"page": 1} | changes)) if changes else query
    parameters = state_parameters(state)
    address = reverse("search:results")
    return f"{address}?{urlencode(parameters)}" if parameters else address


def without_value(query: SearchQuery, facet: str, code: str) -> str:
    """The address of the same search with one facet value taken away."""
    left = {
        name: kept
        for name, codes in query.facets.items()
        if (kept := tuple(value for value in codes if (name, value) != (facet, code)))
    }
    return state_url(query, facets=left)
