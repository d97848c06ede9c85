"""The engine in the database: what answers without Elasticsearch, and when it fails.

Plain SQL over `search_indexentry e` and its terms; the dialect adds how full text is matched and ranked. The number of
statements does not depend on the data: one for the hits, one for all counts. The audience stands in every statement.
Pieces of SQL are constants of this package (hence the noqa), whatever a reader typed is a parameter.
The index is written in the transaction of every change, so nothing is pending here and `excluded` has nothing to bar.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from search.analysis import words_of
from search.engines.base import SUGGESTIONS
from search.engines.dialects import Sql, dialect
from search.highlight import mark, mark_beginnings, snippet
from search.models import IndexEntry
from search.parsing import Alternative, ParsedQuery, Unit
from search.queries import PAGE_SIZE, SearchQuery, Sort
from search.ranking import FRESH, FRESH_BOOST, HALF, HELPFUL_BOOST, REUSE_BOOST, characteristic, rarest
from search.results import Hit, RawResults

ALWAYS, NEVER = Sql("1 = 1"), Sql("1 = 0")
_NEWEST = "e.date IS NULL, e.date DESC"
_ORDERS = {
    Sort.RELEVANCE: f"exact DESC, score DESC, {_NEWEST}, e.id DESC",
    Sort.NEWEST: f"{_NEWEST}, score DESC, e.id DESC",
    Sort.MOST_USED: f"e.reuse DESC, score DESC, {_NEWEST}, e.id DESC",
}
_BOOST = f"""(1 + {REUSE_BOOST} * e.reuse / (e.reuse + {HALF}) + {HELPFUL_BOOST} * e.helpful / (e.helpful + {HALF})
    + CASE WHEN e.date >= %s THEN {FRESH_BOOST} ELSE 0 END)"""
_HAS_CODE = """EXISTS (SELECT 1 FROM search_indexterm t
    WHERE t.entry_id = e.id AND t.facet = %s AND t.code IN ({places}))"""
_MISSING = "CASE WHEN {has_code} THEN '' ELSE %s END"


class DatabaseEngine:
    """SQLite or PostgreSQL, whichever holds the portal."""

    name = "database"

    def search(
        self,
        query: SearchQuery,
        tokens: frozenset[str],
        *,
        parsed: ParsedQuery,
        excluded: frozenset[str] = frozenset(),
    ) -> RawResults:
        """One page and all counts, in two statements."""
        kinds, everything, facets = _count(query, tokens, parsed)
        total = kinds[query.kind] if query.kind else sum(everything.values())
        hits = _hits(_page(query, tokens, parsed), parsed) if total else []
        return RawResults(hits=hits, total=total, kind_counts=kinds, facet_counts=facets)

    def suggest(
        self,
        text: str,
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
        limit: int = SUGGESTIONS,
    ) -> Sequence[Hit]:
        """Titles from the index of titles; those that begin with the words first, short ones before long ones."""
        words = words_of(text)
        if not words:
            return []
        begins = dialect().title_begins(words)
        access = _access(tokens)
        rows = _rows(
            f"""SELECT e.kind, e.object_id, e.title FROM search_indexentry e
                WHERE {access.text} AND {begins.text}
                ORDER BY e.in_everything DESC, e.title_key LIKE %s DESC, length(e.title), e.id LIMIT %s""",
            (*access.params, *begins.params, f"{' '.join(words)}%", limit),
        )
        return [Hit(kind, pk, mark_beginnings(title, words), ()) for kind, pk, title in rows]

    def frequencies(
        self,
        queries: Iterable[ParsedQuery],
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
    ) -> list[int]:
        """A count for each query, in one statement."""
        access = _access(tokens)
        counts = []
        for parsed in queries:
            matches = dialect().matches(parsed)
            counts.append(
                Sql(
                    f"(SELECT count(*) FROM search_indexentry e WHERE {matches.text} AND {access.text})",
                    (*matches.params, *access.params),
                )
            )
        if not counts:
            return []
        params = tuple(value for count in counts for value in count.params)
        return list(_rows(f"SELECT {', '.join(count.text for count in counts)}", params)[0])

    def related(
        self,
        kind: str,
        object_id: int,
        tokens: frozenset[str],
        *,
        excluded: frozenset[str] = frozenset(),
        limit: int,
    ) -> Sequence[Hit]:
        """Documents that share its characteristic words, weighed by how rare these are."""
        entry = IndexEntry.objects.filter(kind=kind, object_id=object_id, audience__in=tokens).first()
        if entry is None:
            return []
        weights = characteristic(entry.title, entry.text)
        total, *found = self.frequencies([ParsedQuery(), *(_any_of([word]) for word in weights)], tokens)
        parsed = _any_of(rarest(weights, dict(zip(weights, found, strict=True)), total))
        if not parsed.units:
            return []
        internal = Sql("e.in_everything = %s", (True,)) if entry.in_everything else ALWAYS
        wanted = _joined([_access(tokens), Sql("e.id <> %s", (entry.pk,)), internal])
        return _hits(_ranked(parsed, wanted, order=_ORDERS[Sort.RELEVANCE], limit=limit), ParsedQuery())


def _page(query: SearchQuery, tokens: frozenset[str], parsed: ParsedQuery) -> list[tuple[int, float]]:
    chosen = [_has_code(facet, codes) for facet, codes in _chosen(query)]
    wanted = _joined([_access(tokens), _kind(query.kind), *chosen])
    offset = (query.page - 1) * PAGE_SIZE
    return _ranked(parsed, wanted, order=_ORDERS[query.sort], limit=PAGE_SIZE, offset=offset)


def _ranked(
    parsed: ParsedQuery, wanted: Sql, *, order: str, limit: int, offset: int = 0
) -> list[tuple[int, float]]:
    """Keys of entries and their scores; the texts are fetched for the page alone, so that sorting carries none."""
    source, score = dialect().ranked(parsed)
    exact = Sql("e.title_key = %s", (parsed.title_key,)) if parsed.title_key else NEVER
    fresh = connection.ops.adapt_datetimefield_value(timezone.now() - FRESH)
    rows = _rows(
        f"""SELECT e.id, ({score.text}) * {_BOOST} AS score, ({exact.text}) AS exact FROM {source.text} AND {wanted.text}
            ORDER BY {order} LIMIT %s OFFSET %s""",
        (*score.params, fresh, *exact.params, *source.params, *wanted.params, limit, offset),
    )
    return [(pk, float(score)) for pk, score, _exact in rows]


def _hits(ranked: Sequence[tuple[int, float]], parsed: ParsedQuery) -> list[Hit]:
    entries = IndexEntry.objects.only("kind", "object_id", "title", "text").in_bulk([pk for pk, _ in ranked])
    return [
        Hit(
            kind=entries[pk].kind,
            object_id=entries[pk].object_id,
            title=mark(entries[pk].title, parsed),
            snippet=snippet(entries[pk].text, parsed),
            score=score,
        )
        for pk, score in ranked
        if pk in entries
    ]


def _count(
    query: SearchQuery, tokens: frozenset[str], parsed: ParsedQuery
) -> tuple[Counter[str], Counter[str], dict[str, dict[str, int]]]:
    """Per kind, per kind of what counts as everything, per facet and code: from one pass over what matches.

    A match is kept with the names of the chosen facets that it fails. One that fails none counts everywhere, one that
    fails exactly one facet counts in that facet only: that is what "under all other facets" means.
    """
    matches, access = dialect().matches(parsed), _access(tokens)
    chosen = [(f"|{facet}", _has_code(facet, codes)) for facet, codes in _chosen(query)]
    missing = " || ".join(_MISSING.format(has_code=has.text) for _name, has in chosen) or "''"
    missing_params = [value for name, has in chosen for value in (*has.params, name)]
    of_kind = _kind(query.kind)
    statement = f"""
        WITH matched AS MATERIALIZED (
            SELECT e.id, e.kind, e.in_everything, {missing} AS missing FROM search_indexentry e
            WHERE {matches.text} AND {access.text}
        )
        SELECT '', e.kind, CASE WHEN e.in_everything THEN 1 ELSE 0 END, count(*) FROM matched e
        WHERE e.missing = '' GROUP BY e.kind, e.in_everything
        UNION ALL
        SELECT t.facet, t.code, 0, count(*) FROM matched e JOIN search_indexterm t ON t.entry_id = e.id
        WHERE {of_kind.text} AND (e.missing = '' OR e.missing = '|' || t.facet) GROUP BY t.facet, t.code"""
    params = (*missing_params, *matches.params, *access.params, *of_kind.params)
    kinds: Counter[str] = Counter()
    everything: Counter[str] = Counter()
    facets: dict[str, dict[str, int]] = {}
    for facet, code, inside, count in _rows(statement, params):
        if facet:
            facets.setdefault(facet, {})[code] = count
        else:
            kinds[code] += count
            everything[code] += count if inside else 0
    return kinds, everything, facets


def _access(tokens: frozenset[str]) -> Sql:
    """Whose audience the reader holds. Without tokens nothing at all."""
    held = tuple(sorted(tokens))
    return Sql(f"e.audience IN ({_places(held)})", held) if held else NEVER


def _kind(kind: str) -> Sql:
    return Sql("e.kind = %s", (kind,)) if kind else Sql("e.in_everything = %s", (True,))


def _chosen(query: SearchQuery) -> list[tuple[str, tuple[str, ...]]]:
    return [(facet, tuple(codes)) for facet, codes in query.facets.items() if codes]


def _has_code(facet: str, codes: tuple[str, ...]) -> Sql:
    return Sql(_HAS_CODE.format(places=_places(codes)), (facet, *codes))


def _joined(conditions: Sequence[Sql]) -> Sql:
    params = tuple(value for condition in conditions for value in condition.params)
    return Sql(" AND ".join(condition.text for condition in conditions), params)


def _any_of(words: Iterable[str]) -> ParsedQuery:
    units = tuple(Unit((Alternative((word,)),)) for word in words)
    return ParsedQuery(units=units, required=1)


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _rows(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(params))
        return list(cursor.fetchall())
