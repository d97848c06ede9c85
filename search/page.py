"""What the results page shows, worked out before a template sees it. No query is made here,
but for the labels of a chosen facet that the results do not offer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.documents import DocumentSpec, specs
from search.documents import facets as registered
from search.forms import state_url, without_value
from search.labels import labels_of
from search.queries import MAX_PAGE, PAGE_SIZE, SearchQuery, Sort
from search.results import FacetResult, FacetValue, Hit, SearchResults

DEFAULT_HIT_TEMPLATE = "search/hit.html"
OPEN_FACETS = 3
VALUES_AT_ONCE = 8
SINGLE_WORDS = 4
SHORTEST_WORD = 3

# How readers look, whatever order the rooms register in; a name that is missing here comes after.
KINDS_FIRST = ("lesson", "play", "tool", "page", "person")
FACETS_FIRST = (
    "phase",
    "outcome",
    "alliance_type",
    "partner_type",
    "tool_kind",
    "component",
    "activity",
    "role_area",
    "mentor",
    "division",
    "function",
    "country",
)

SORT_LABELS: dict[Sort, str | Promise] = {
    Sort.RELEVANCE: _("Relevance"),
    Sort.NEWEST: _("Newest"),
    Sort.MOST_USED: _("Most used"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another state of the page."""

    label: str | Promise
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen facet value and the address without it."""

    label: str
    facet_label: str
    url: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet as drawn: the first values, the rest behind "more", open or closed."""

    name: str
    label: str
    values: Sequence[FacetValue]
    more: Sequence[FacetValue]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One hit with what its template needs."""

    hit: Hit
    kind: DocumentSpec
    template: str


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of the results is shown, and the ways to its neighbours."""

    first: int
    last: int
    total: int
    previous_url: str
    next_url: str
    next_size: int


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything templates/search/results.html reads."""

    query: SearchQuery
    total: int
    count_words: str
    rows: Sequence[Row]
    tabs: Sequence[Link]
    facets: Sequence[FacetGroup]
    chips: Sequence[Chip]
    clear_url: str
    sorts: Sequence[tuple[str, str | Promise, bool]]
    span: Span
    also_meant: Sequence[str]
    own_words_url: str
    all_words_url: str
    meanings: Sequence[Link]
    suggestion: Link | None
    single_words: Sequence[Link]
    outside: Sequence[Link]
    everything: Link | None
    degraded: bool
    widened: bool
    browsing: bool


def last_page(total: int) -> int:
    """The number of the last page that has results; 1 where there are none."""
    return min(max(ceil(total / PAGE_SIZE), 1), MAX_PAGE)


def build(query: SearchQuery, results: SearchResults) -> ResultsPage:
    """The page of a search and its answer."""
    suggestion = results.suggestion
    return ResultsPage(
        query=query,
        total=results.total,
        count_words=ngettext("%(count)s result", "%(count)s results", results.total)
        % {"count": results.total},
        rows=[_row(hit) for hit in results.hits if hit.kind in specs],
        tabs=_tabs(query, results),
        facets=_facet_groups(results.facets),
        chips=list(_chips(query, results.facets)),
        clear_url=state_url(query, facets={}),
        sorts=[(sort.value, label, sort is query.sort) for sort, label in SORT_LABELS.items()],
        span=_span(query, results),
        also_meant=results.also_meant,
        own_words_url=state_url(query, own_words=True),
        all_words_url=state_url(query, own_words=False) if query.own_words else "",
        meanings=[Link(words, state_url(query, text=words)) for words in results.possible_meanings],
        suggestion=Link(suggestion, state_url(query, text=suggestion)) if suggestion else None,
        single_words=_single_words(query) if not (results.total or suggestion) else (),
        outside=_outside(query, results),
        everything=_everything(query, results),
        degraded=results.degraded,
        widened=results.widened,
        browsing=not query.text,
    )


def _row(hit: Hit) -> Row:
    spec = specs.get(hit.kind)
    return Row(hit=hit, kind=spec, template=spec.hit_template or DEFAULT_HIT_TEMPLATE)


def _count_of_everything(results: SearchResults) -> int:
    return sum(results.kind_counts.get(spec.kind, 0) for spec in specs if spec.in_everything)


def _order(first: Sequence[str], name: str) -> int:
    """The place of a name in a reading order; those it does not name come after, as they were registered."""
    return first.index(name) if name in first else len(first)


def _tabs(query: SearchQuery, results: SearchResults) -> list[Link]:
    """Everything first, then the kinds in it, then what stands outside, where there is any."""
    tabs = [Link(_("Everything"), state_url(query, kind=""), _count_of_everything(results), not query.kind)]
    for spec in sorted(specs, key=lambda spec: (not spec.in_everything, _order(KINDS_FIRST, spec.kind))):
        count = results.kind_counts.get(spec.kind, 0)
        current = spec.kind == query.kind
        if spec.in_everything or count or current:
            tabs.append(Link(spec.label_plural, state_url(query, kind=spec.kind), count, current))
    return tabs


def _facet_groups(facets: Iterable[FacetResult]) -> list[FacetGroup]:
    groups: list[FacetGroup] = []
    for facet in sorted(facets, key=lambda facet: _order(FACETS_FIRST, facet.name)):
        values = [value for value in facet.values if value.count or value.chosen]
        if not values:
            continue
        chosen = any(value.chosen for value in values)
        groups.append(
            FacetGroup(
                name=facet.name,
                label=facet.label,
                values=values[:VALUES_AT_ONCE],
                more=values[VALUES_AT_ONCE:],
                is_open=chosen or len(groups) < OPEN_FACETS,
            )
        )
    return groups


def _chips(query: SearchQuery, facets: Sequence[FacetResult]) -> Iterable[Chip]:
    """Every chosen value can be taken away again, also one whose facet the chosen kind does not offer."""
    shown = {facet.name: {value.code: value.label for value in facet.values} for facet in facets}
    hidden = labels_of(name for name in query.facets if name not in shown)
    for name in sorted(query.facets, key=lambda name: _order(FACETS_FIRST, name)):
        labels = shown.get(name) or hidden.get(name, {})
        for code in query.facets[name]:
            yield Chip(
                labels.get(code, code), str(registered.get(name).label), without_value(query, name, code)
            )


def _span(query: SearchQuery, results: SearchResults) -> Span:
    before = (query.page - 1) * PAGE_SIZE
    has_next = query.page < last_page(results.total)
    return Span(
        first=before + 1,
        last=min(before + PAGE_SIZE, results.total),
        total=results.total,
        previous_url=state_url(query, page=query.page - 1) if query.page > 1 else "",
        next_url=state_url(query, page=query.page + 1) if has_next else "",
        next_size=min(PAGE_SIZE, results.total - before - PAGE_SIZE),
    )


def _single_words(query: SearchQuery) -> list[Link]:
    """The longest words of a search that found nothing, each as a search of its own."""
    words = dict.fromkeys(word.strip("\"'()-+*.,;:?!") for word in query.text.split())
    useful = sorted((word for word in words if len(word) >= SHORTEST_WORD), key=len, reverse=True)
    if len(words) < 2:
        return []
    return [Link(word, state_url(query, text=word, facets={}, kind="")) for word in useful[:SINGLE_WORDS]]


def _outside(query: SearchQuery, results: SearchResults) -> list[Link]:
    """What was found outside "Everything", as links; only while "Everything" is shown."""
    if query.kind:
        return []
    return [
        Link(_name_of(specs.get(kind), count), state_url(query, kind=kind), count)
        for kind, count in results.outside_everything.items()
        if count and kind in specs
    ]


def _name_of(spec: DocumentSpec, count: int) -> str:
    return str(spec.label if count == 1 else spec.label_plural)


def _everything(query: SearchQuery, results: SearchResults) -> Link | None:
    """The way out of a kind without results, where other kinds have some."""
    count = _count_of_everything(results)
    if not query.kind or results.total or not count:
        return None
    return Link(_("Everything"), state_url(query, kind=""), count)


def url_of(shown: Any) -> str:
    """The address of the object behind a hit: Django's own method, or that of a Wagtail page."""
    address = getattr(shown, "get_absolute_url", None) or getattr(shown, "get_url", None)
    return str(address() or "") if address else ""
