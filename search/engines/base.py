"""What every engine can do. Three fulfil it: Elasticsearch, SQLite FTS5, PostgreSQL.

Equal by contract (tests/contracts): access, the match rule, exact title first, facet semantics, synonyms, safe marks.
Not equal: scores and totals. Invariants: `tokens` stands as a filter in every statement an engine sends; an engine that
cannot answer raises `EngineUnavailable` and never answers with nothing; it returns text in segments, never HTML.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from search.parsing import ParsedQuery
from search.queries import SearchQuery
from search.results import Hit, RawResults

SUGGESTIONS = 8


class EngineUnavailable(Exception):
    """The engine cannot answer now (no server, timeout, open breaker, missing index): ask the database instead."""


class Engine(Protocol):
    """One search engine."""

    name: str

    def search(
        self,
        query: SearchQuery,
        tokens: frozenset[str],
        *,
        parsed: ParsedQuery,
        excluded: frozenset[str] = frozenset(),
    ) -> RawResults:
        """One page of results with all counts.

        `query` gives kind, facets, sort and page; the words come from `parsed` alone (already split, expanded and freed
        of stop words; `parsed.empty` means: all documents, newest first). `excluded` are keys (`kind:id`) that must not
        be found or counted: documents whose narrowing this engine may not have seen yet.

        Kind "" stands for "Everything": `total`, hits and facet counts then hold documents with `in_everything` only;
        `kind_counts` always holds every kind. A facet's counts are under the text, the kind and all *other* facets.
        """
        ...

    def suggest(
        self,
        text: str,
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
        limit: int = SUGGESTIONS,
    ) -> Sequence[Hit]:
        """Titles that hold all words of `text`, the last one as the beginning of a word; best first."""
        ...

    def frequencies(
        self,
        queries: Iterable[ParsedQuery],
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
    ) -> list[int]:
        """How many visible documents each query finds, in one request. For spelling."""
        ...

    def related(
        self,
        kind: str,
        object_id: int,
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
        limit: int,
    ) -> Sequence[Hit]:
        """Documents like this one, best first, never itself; where it counts as everything, only such documents."""
        ...
