"""What is sent to Elasticsearch: bodies as plain dictionaries, built from a parsed query. Pure: no request is made here.

The match rule and the relevance numbers: each unit of the query (a word, or a group of synonyms) is one BM25F clause
over title^2 and text, and the sum of clauses equals one `combined_fields` over all words, so `minimum_should_match`
counts units. Boosts for verified reuse, helpfulness and freshness multiply by at most `HIGHEST_BOOST`; the exact title
adds more than all words together ever can, so that nothing displaces it.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from search.analysis import words_of
from search.engines.elasticsearch_client import access_filter
from search.indices import MARK_OFF, MARK_ON, STOP_WORDS, Body
from search.parsing import Alternative, ParsedQuery, Unit
from search.queries import PAGE_SIZE, SearchQuery, Sort
from search.ranking import FRESH, FRESH_BOOST, HELPFUL_BOOST, REUSE_BOOST, TEXT_WEIGHT, TITLE_WEIGHT

FIELDS = [f"title^{TITLE_WEIGHT}", f"text^{TEXT_WEIGHT}"]
EXACT_FIELDS = [f"title.exact^{TITLE_WEIGHT}", f"text.exact^{TEXT_WEIGHT}"]
EXACT_TITLE_SCORE = 10_000.0
HIGHEST_BOOST = 1 + REUSE_BOOST + HELPFUL_BOOST + FRESH_BOOST
NEIGHBOUR_WEIGHT = 0.3
NEIGHBOUR_SLOP = 2
MOST_NEIGHBOURS = 12
FACET_VALUES = 500
KINDS = 50
SNIPPET_LENGTH = 240
NEWEST_FIRST: list[Body] = [
    {"date": {"order": "desc", "missing": "_last"}},
    {"object_id": "desc"},
    {"kind": "asc"},
]
ORDERS: Mapping[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": {"order": "desc"}}, *NEWEST_FIRST],
    Sort.NEWEST: NEWEST_FIRST,
    Sort.MOST_USED: [{"reuse": "desc"}, {"helpful": "desc"}, *NEWEST_FIRST],
}
# log1p is to the base of ten: a bound is reached at 99 verified uses or votes.
BOOSTS: list[Body] = [
    {"weight": 1.0},
    {"weight": REUSE_BOOST / 2, "field_value_factor": {"field": "reuse", "modifier": "log1p", "missing": 0}},
    {
        "weight": HELPFUL_BOOST / 2,
        "field_value_factor": {"field": "helpful", "modifier": "log1p", "missing": 0},
    },
    {"weight": FRESH_BOOST, "filter": {"range": {"date": {"gte": f"now-{FRESH.days}d/d"}}}},
]


def results_body(
    query: SearchQuery,
    tokens: frozenset[str],
    *,
    parsed: ParsedQuery,
    excluded: frozenset[str],
    facet_names: Iterable[str],
) -> Body:
    """One page: hits, total, all counts. Facets and the kind filter afterwards, so that their counts stay."""
    chosen = {name: sorted(codes) for name, codes in query.facets.items() if codes}
    ranked = query.sort is Sort.RELEVANCE and bool(parsed.units or parsed.phrases)
    scope = kind_filter(query.kind)
    narrowed = [scope, *(facet_filter(name, codes) for name, codes in chosen.items())]
    return {
        "query": text_query(parsed, tokens, excluded=excluded, ranked=ranked),
        "post_filter": {"bool": {"filter": narrowed}},
        "aggs": counts(facet_names, chosen, scope),
        "highlight": highlight(parsed),
        "_source": ["title"],
        "sort": ORDERS[query.sort] if ranked or query.sort is not Sort.RELEVANCE else NEWEST_FIRST,
        "track_scores": ranked,
        "track_total_hits": True,
        "from": (query.page - 1) * PAGE_SIZE,
        "size": PAGE_SIZE,
    }


def text_query(
    parsed: ParsedQuery,
    tokens: frozenset[str],
    *,
    excluded: frozenset[str] = frozenset(),
    ranked: bool = True,
) -> Body:
    """The documents that match, for this reader, without those that must not be found."""
    matching = matching_query(parsed)
    barred: list[Body] = [{"ids": {"values": sorted(excluded)}}] if excluded else []
    rights = access_filter(tokens)
    if not ranked:
        return {"bool": {"filter": [rights, matching], "must_not": barred}}
    boosted: Body = {
        "function_score": {
            "query": {"bool": {"must": [matching], "should": neighbours(parsed)}},
            "functions": BOOSTS,
            "score_mode": "sum",
            "boost_mode": "multiply",
            "max_boost": HIGHEST_BOOST,
        }
    }
    whole: Body = {"bool": {"filter": [rights], "must": [boosted], "must_not": barred}}
    if parsed.title_key:
        exact = {"filter": {"term": {"title_key": parsed.title_key}}, "boost": EXACT_TITLE_SCORE}
        whole["bool"]["should"] = [{"constant_score": exact}]
    return whole


def matching_query(parsed: ParsedQuery) -> Body:
    """The match rule alone."""
    if parsed.empty:
        return {"match_all": {}}
    rule: Body = {
        "must": [alternative_query(phrase) for phrase in parsed.phrases],
        "must_not": [alternative_query(words) for words in parsed.excluded],
    }
    if parsed.units:
        rule["should"] = [unit_query(unit) for unit in parsed.units]
        rule["minimum_should_match"] = parsed.required
    elif not parsed.phrases:
        rule["must"] = [{"match_all": {}}]
    return {"bool": rule}


def neighbours(parsed: ParsedQuery) -> list[Body]:
    """Words that were typed side by side and stand close together: they add to the score and are never required."""
    typed = [unit.alternatives[0].words for unit in parsed.units[: MOST_NEIGHBOURS + 1]]
    return [
        {
            "multi_match": {
                "query": f"{first[-1]} {second[0]}",
                "type": "phrase",
                "slop": NEIGHBOUR_SLOP,
                "fields": EXACT_FIELDS,
                "boost": NEIGHBOUR_WEIGHT,
            }
        }
        for first, second in pairwise(typed)
    ]


def unit_query(unit: Unit) -> Body:
    """What counts as one word: the best of its alternatives, as often as it was typed."""
    queries = [alternative_query(alternative) for alternative in unit.alternatives]
    if len(queries) == 1 and unit.weight == 1:
        return queries[0]
    return {"dis_max": {"queries": queries, "boost": float(unit.weight)}}


def alternative_query(alternative: Alternative) -> Body:
    """Words together. Only the exact fields know places and stop words."""
    text = " ".join(alternative.words)
    if alternative.adjacent and len(alternative.words) > 1:
        return {"multi_match": {"query": text, "type": "phrase", "fields": EXACT_FIELDS}}
    fields = EXACT_FIELDS if STOP_WORDS & set(alternative.words) else FIELDS
    return {"combined_fields": {"query": text, "fields": fields, "operator": "and"}}


def kind_filter(kind: str) -> Body:
    """The chosen kind; "" is everything that counts as such."""
    return {"term": {"kind": kind}} if kind else {"term": {"in_everything": True}}


def facet_filter(name: str, codes: Sequence[str]) -> Body:
    """Documents with one of the codes."""
    return {"terms": {f"facets.{name}": list(codes)}}


def counts(facet_names: Iterable[str], chosen: Mapping[str, Sequence[str]], scope: Body) -> Body:
    """Kinds under all facets; each facet under the kind and all other facets.

    Facets in which nothing is chosen stand under the same filter and share one aggregation.
    """
    filters = {name: facet_filter(name, codes) for name, codes in chosen.items()}
    kinds: Body = {"kinds": {"terms": {"field": "kind", "size": KINDS}}}
    aggregations: Body = {"kinds": {"filter": {"bool": {"filter": list(filters.values())}}, "aggs": kinds}}
    shared: Body = {}
    for name in facet_names:
        terms: Body = {name: {"terms": {"field": f"facets.{name}", "size": FACET_VALUES}}}
        if name in filters:
            others = [condition for other, condition in filters.items() if other != name]
            aggregations[f"facet_{name}"] = {"filter": {"bool": {"filter": [scope, *others]}}, "aggs": terms}
        else:
            shared |= terms
    if shared:
        everything = {"bool": {"filter": [scope, *filters.values()]}}
        aggregations["facets"] = {"filter": everything, "aggs": shared}
    return aggregations


def highlight(parsed: ParsedQuery) -> Body:
    """Whole titles and the best piece of the text, marked with signs that no document holds."""
    return {
        "type": "unified",
        "pre_tags": [MARK_ON],
        "post_tags": [MARK_OFF],
        "require_field_match": True,
        "fields": {
            "title.exact": {"number_of_fragments": 0, "highlight_query": marks("title.exact", parsed)},
            "text.exact": {
                "number_of_fragments": 1,
                "fragment_size": SNIPPET_LENGTH,
                "no_match_size": SNIPPET_LENGTH,
                "order": "score",
                "highlight_query": marks("text.exact", parsed),
            },
        },
    }


def marks(field: str, parsed: ParsedQuery) -> Body:
    """All that shall be marked in a field: words and phrases of the query and of its synonyms."""
    alternatives = [alternative for unit in parsed.units for alternative in unit.alternatives]
    alternatives += parsed.phrases
    phrases = [" ".join(one.words) for one in alternatives if one.adjacent and len(one.words) > 1]
    words = [word for one in alternatives if not one.adjacent or len(one.words) == 1 for word in one.words]
    parts: list[Body] = [{"match_phrase": {field: phrase}} for phrase in phrases]
    if words:
        parts.append({"match": {field: " ".join(words)}})
    return {"bool": {"should": parts}} if parts else {"match_none": {}}


def suggest_body(text: str, tokens: frozenset[str], *, excluded: frozenset[str], limit: int) -> Body:
    """Titles that hold all words, the last as a beginning; those that go on from exactly this text stand first."""
    words = words_of(text)
    conditions: list[Body] = [{"match": {"title.beginnings": words[-1]}}]
    if words[:-1]:
        conditions.append({"match": {"title.exact": {"query": " ".join(words[:-1]), "operator": "and"}}})
    starts = {"filter": {"prefix": {"title_key": " ".join(words)}}, "boost": EXACT_TITLE_SCORE}
    return {
        "query": {
            "bool": {
                "filter": [access_filter(tokens)],
                "must": [*conditions],
                "should": [{"constant_score": starts}],
                "must_not": [{"ids": {"values": sorted(excluded)}}] if excluded else [],
            }
        },
        "sort": [{"in_everything": "desc"}, *ORDERS[Sort.RELEVANCE]],
        "_source": ["title"],
        "track_total_hits": False,
        "size": limit,
    }


def presence_body(key: str, tokens: frozenset[str]) -> Body:
    """Whether the reader may find one document."""
    query = {"bool": {"filter": [access_filter(tokens), {"ids": {"values": [key]}}]}}
    return {"query": query, "track_total_hits": True, "size": 0}


def related_body(
    like: Body,
    key: str,
    tokens: frozenset[str],
    *,
    excluded: frozenset[str],
    everything_only: bool,
    limit: int,
) -> Body:
    """Documents that share rare words with this one."""
    similar = {
        "fields": ["title", "text"],
        "like": [like],
        "min_term_freq": 1,
        "min_doc_freq": 2,
        "max_query_terms": 25,
        "minimum_should_match": "20%",
    }
    filters = [access_filter(tokens), *([kind_filter("")] if everything_only else [])]
    return {
        "query": {
            "bool": {
                "filter": filters,
                "must": [{"more_like_this": similar}],
                "must_not": [{"ids": {"values": sorted({key, *excluded})}}],
            }
        },
        "_source": ["title"],
        "track_total_hits": False,
        "size": limit,
    }
