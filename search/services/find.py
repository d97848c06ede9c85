"""Searches: parse, choose the engine, re-check every hit in the database, help where nothing was found.

Invariants: an engine that cannot answer is never shown as "nothing found"; the database answers then, and says so. What
is suggested has results that this reader may see. The reader's tokens are read once and stand in every request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from core.audiences import tokens_of
from search.documents import facets as known_facets
from search.documents import specs
from search.engines.base import Engine
from search.engines.choice import answered
from search.labels import labels_of
from search.parsing import ParsedQuery, parse, widened
from search.queries import MAX_PAGE, SearchQuery
from search.results import FacetResult, FacetValue, RawResults, SearchResults
from search.services.note_nothing_found import note_nothing_found
from search.services.recheck import recheck
from search.spelling import corrected

NOTHING = RawResults(hits=[], total=0, kind_counts={}, facet_counts={})


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found, by which query, and what might have been meant."""

    raw: RawResults
    suggestion: str = ""
    widened: bool = False


def search(query: SearchQuery, reader: object) -> SearchResults:
    """One page of results for a reader. Each hit's `object` is filled; hits the reader may not see are dropped."""
    query = query.but(page=min(max(query.page, 1), MAX_PAGE))
    parsed = parse(query.text, own_words=query.own_words)
    tokens = tokens_of(reader)
    hopeless = parsed.empty and query.text.strip()
    answer, degraded = (
        (_Answer(NOTHING), False) if hopeless else answered(partial(_ask, query, parsed, tokens))
    )
    shown = recheck(answer.raw.hits, reader)
    dropped = len(answer.raw.hits) - len(shown)
    return SearchResults(
        hits=shown,
        total=max(answer.raw.total - dropped, 0),
        kind_counts=answer.raw.kind_counts,
        facets=_facets(query, answer.raw.facet_counts),
        suggestion=answer.suggestion,
        also_meant=parsed.also_meant,
        possible_meanings=parsed.possible_meanings,
        degraded=degraded,
        widened=answer.widened,
        outside_everything=_outside(answer.raw.kind_counts),
    )


def _ask(
    query: SearchQuery, parsed: ParsedQuery, tokens: frozenset[str], engine: Engine, excluded: frozenset[str]
) -> _Answer:
    raw = engine.search(query, tokens, parsed=parsed, excluded=excluded)
    if sum(raw.kind_counts.values()) or query.page > 1 or any(query.facets.values()):
        return _Answer(raw)
    note_nothing_found(parsed)
    suggestion = raw.suggestion or corrected(parsed, engine, tokens, excluded)
    wider = widened(parsed)
    if wider == parsed:
        return _Answer(raw, suggestion)
    more = engine.search(query, tokens, parsed=wider, excluded=excluded)
    return _Answer(more, suggestion, widened=bool(sum(more.kind_counts.values())))


def _outside(kind_counts: Mapping[str, int]) -> dict[str, int]:
    return {
        spec.kind: kind_counts[spec.kind]
        for spec in specs
        if not spec.in_everything and kind_counts.get(spec.kind)
    }


def _facets(query: SearchQuery, counts: Mapping[str, Mapping[str, int]]) -> list[FacetResult]:
    """Facets of the chosen kind (of all kinds under Everything) that have something to choose, in reading order."""
    offered = specs.get(query.kind).facets if query.kind in specs else known_facets.keys()
    filled = [name for name in offered if counts.get(name) or query.facets.get(name)]
    return [
        FacetResult(
            name,
            str(known_facets.get(name).label),
            _values(labels, counts.get(name, {}), query.facets.get(name, ())),
        )
        for name, labels in labels_of(filled).items()
    ]


def _values(
    labels: Mapping[str, str], counts: Mapping[str, int], chosen: tuple[str, ...]
) -> list[FacetValue]:
    in_order = [code for code in labels if code in counts or code in chosen]
    unnamed = sorted(code for code in {*counts, *chosen} if code not in labels)
    return [
        FacetValue(code, labels.get(code, code), counts.get(code, 0), chosen=code in chosen)
        for code in [*in_order, *unnamed]
    ]
