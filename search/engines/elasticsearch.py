"""The engine on Elasticsearch. One request answers a results page; nothing is shown that the filter did not let pass.

It never takes silence for an answer: a missing index, half an answer, or an index that is empty while the database holds
documents is `EngineUnavailable`, and the database answers instead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from search.analysis import tokens as words_in
from search.analysis import words_of
from search.documents import specs
from search.engines import elasticsearch_queries as queries
from search.engines.base import SUGGESTIONS, EngineUnavailable
from search.engines.elasticsearch_client import ask, ask_many
from search.indices import MARK_OFF, MARK_ON, Body, read_alias
from search.models import IndexEntry
from search.parsing import ParsedQuery
from search.queries import SearchQuery
from search.results import Hit, RawResults, Segment


class ElasticsearchEngine:
    """Searches through the reading aliases of all kinds."""

    name = "elasticsearch"

    def search(
        self,
        query: SearchQuery,
        tokens: frozenset[str],
        *,
        parsed: ParsedQuery,
        excluded: frozenset[str] = frozenset(),
    ) -> RawResults:
        """One page of results with all counts, in one request."""
        body = queries.results_body(
            query, tokens, parsed=parsed, excluded=excluded, facet_names=facet_names(query)
        )
        answer = ask(all_kinds(), body)
        with understanding():
            results = RawResults(
                hits=[hit_of(found) for found in answer["hits"]["hits"]],
                total=int(answer["hits"]["total"]["value"]),
                kind_counts=buckets(answer["aggregations"]["kinds"]["kinds"]),
                facet_counts=facet_counts(answer["aggregations"]),
            )
        if not any(results.kind_counts.values()):
            demand_filled_indexes(tokens)
        return results

    def suggest(
        self,
        text: str,
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
        limit: int = SUGGESTIONS,
    ) -> Sequence[Hit]:
        """Titles that hold all words of `text`, the last one as the beginning of a word."""
        typed = words_of(text)
        if not typed:
            return []
        answer = ask(all_kinds(), queries.suggest_body(text, tokens, excluded=excluded, limit=limit))
        with understanding():
            return [hit_of(found, typed=typed) for found in answer["hits"]["hits"]]

    def frequencies(
        self,
        queries_: Iterable[ParsedQuery],
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
    ) -> list[int]:
        """How many visible documents each query finds, in one request."""
        bodies: list[Body] = [
            {
                "query": queries.text_query(parsed, tokens, excluded=excluded, ranked=False),
                "track_total_hits": True,
                "size": 0,
            }
            for parsed in queries_
        ]
        if not bodies:
            return []
        answers = ask_many(all_kinds(), bodies)
        with understanding():
            return [int(answer["hits"]["total"]["value"]) for answer in answers]

    def related(
        self,
        kind: str,
        object_id: int,
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
        limit: int,
    ) -> Sequence[Hit]:
        """Documents like this one, best first; none where the reader may not see this one. One request."""
        key = f"{kind}:{object_id}"
        like = {"_index": read_alias(kind), "_id": key}
        everything_only = specs.get(kind).in_everything
        bodies = [
            queries.presence_body(key, tokens),
            queries.related_body(
                like, key, tokens, excluded=excluded, everything_only=everything_only, limit=limit
            ),
        ]
        presence, similar = ask_many(all_kinds(), bodies)
        with understanding():
            if not presence["hits"]["total"]["value"]:
                return []
            return [hit_of(found) for found in similar["hits"]["hits"]]


def all_kinds() -> str:
    """The reading aliases of all registered kinds."""
    return ",".join(read_alias(kind) for kind in specs.keys())


def facet_names(query: SearchQuery) -> list[str]:
    """The facets that documents in scope can have, each once."""
    in_scope = [spec for spec in specs if (spec.kind == query.kind if query.kind else spec.in_everything)]
    return list(dict.fromkeys(name for spec in in_scope for name in spec.facets))


@contextmanager
def understanding() -> Iterator[None]:
    """An answer of another shape than agreed is no answer."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise EngineUnavailable(f"Elasticsearch gave an answer of another shape: {error!r}") from error


def demand_filled_indexes(tokens: frozenset[str]) -> None:
    """Raises where the reader finds nothing at all in an index although the database holds visible documents.

    Asked only when a search found nothing: an index that lost its data must not be read as "no results".
    """
    counting: Body = {
        "query": queries.text_query(ParsedQuery(), tokens, ranked=False),
        "aggs": {"kinds": {"terms": {"field": "kind", "size": queries.KINDS}}},
        "size": 0,
    }
    answer = ask(all_kinds(), counting)
    with understanding():
        filled = buckets(answer["aggregations"]["kinds"])
    visible = IndexEntry.objects.filter(audience__in=sorted(tokens)).order_by()
    missing = set(visible.values_list("kind", flat=True).distinct()) - set(filled)
    if missing:
        raise EngineUnavailable(f"Elasticsearch has lost the documents of: {', '.join(sorted(missing))}")


def buckets(aggregation: Mapping[str, Any]) -> dict[str, int]:
    """Counts by code."""
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in aggregation["buckets"]}


def facet_counts(aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Counts by facet and code, from the shared aggregation and those of chosen facets."""
    groups = [group for name, group in aggregations.items() if name == "facets" or name.startswith("facet_")]
    return {
        name: buckets(part)
        for group in groups
        for name, part in group.items()
        if isinstance(part, Mapping) and "buckets" in part
    }


def hit_of(found: Mapping[str, Any], *, typed: Sequence[str] = ()) -> Hit:
    """One hit, in segments."""
    kind, _, object_id = str(found["_id"]).rpartition(":")
    marked = found.get("highlight", {})
    plain = str(found["_source"]["title"])
    title = segments(marked["title.exact"][0]) if "title.exact" in marked else beginnings(plain, typed)
    snippet = segments(marked["text.exact"][0]) if "text.exact" in marked else []
    return Hit(
        kind=kind,
        object_id=int(object_id),
        title=title,
        snippet=snippet,
        score=float(found.get("_score") or 0.0),
    )


def segments(text: str) -> list[Segment]:
    """Text with marks, cut at them."""
    parts: list[Segment] = []
    for number, piece in enumerate(text.split(MARK_ON)):
        inside, closed, after = piece.partition(MARK_OFF)
        if number and closed:
            parts += [Segment(inside, marked=True), Segment(after)]
        else:
            parts.append(Segment(piece.replace(MARK_OFF, "")))
    return [part for part in parts if part.text]


def beginnings(title: str, typed: Sequence[str]) -> list[Segment]:
    """A title with the words marked that begin with something typed."""
    parts: list[Segment] = []
    done = 0
    for word in words_in(title):
        if typed and word.folded.startswith(tuple(typed)):
            parts += [Segment(title[done : word.start]), Segment(title[word.start : word.end], marked=True)]
            done = word.end
    return [part for part in (*parts, Segment(title[done:])) if part.text]
