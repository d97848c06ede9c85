"""The shape of what is sent, without a server: filter everywhere, counts under the right conditions, one request a page."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from search.analysis import CHARACTER_PATTERNS
from search.documents import Document
from search.engines import elasticsearch_queries as queries
from search.engines.elasticsearch import beginnings, facet_counts, hit_of, segments
from search.engines.elasticsearch_client import demand_filter
from search.indices import (
    MARK_OFF,
    MARK_ON,
    STOP_WORDS,
    all_generations,
    description,
    digest_of,
    fingerprint,
    loading_alias,
    new_index_name,
    properties,
    read_alias,
    source_of,
    tombstone,
    write_alias,
)
from search.parsing import Alternative, ParsedQuery, Unit, parse_with
from search.queries import SearchQuery, Sort
from search.ranking import FRESH_BOOST, HELPFUL_BOOST, REUSE_BOOST
from search.results import Segment
from search.synonyms import SynonymTable
from tests.contracts.notes import spec_of

TOKENS = frozenset({"community", "practitioners"})
RIGHTS = {"terms": {"audience": ["community", "practitioners"]}}


def parsed(text: str) -> ParsedQuery:
    """A query without synonyms."""
    return parse_with(text, SynonymTable())


def page(
    text: str = "steering charter", *, excluded: frozenset[str] = frozenset(), **state: Any
) -> dict[str, Any]:
    """The body of a results page."""
    query = SearchQuery(text=text, **state)
    return queries.results_body(
        query, TOKENS, parsed=parsed(text), excluded=excluded, facet_names=["colour", "size"]
    )


def keys_in(part: Any) -> Iterator[str]:
    """Every key anywhere in a body."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from keys_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from keys_in(value)


@pytest.mark.parametrize(
    "text", ["", "charter", "a b c d e", '"steering charter"', "charter -draft", "-draft", "IT"]
)
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("kind", ["", "note"])
def test_every_body_carries_the_rights_of_the_reader(text: str, sort: Sort, kind: str) -> None:
    bodies = [
        page(text, sort=sort, kind=kind),
        {"query": queries.text_query(parsed(text), TOKENS, ranked=False)},
        queries.suggest_body("steering", TOKENS, excluded=frozenset(), limit=8),
        queries.related_body(
            {"_index": "x", "_id": "note:1"},
            "note:1",
            TOKENS,
            excluded=frozenset(),
            everything_only=True,
            limit=5,
        ),
        queries.presence_body("note:1", TOKENS),
    ]
    for body in bodies:
        demand_filter(body)
        assert RIGHTS in body["query"]["bool"]["filter"]
        json.dumps(body)


def test_nothing_is_used_that_a_free_distribution_may_lack() -> None:
    forbidden = {
        "script",
        "script_score",
        "script_fields",
        "runtime_mappings",
        "percolate",
        "rank_feature",
        "collate",
    }
    bodies: list[Any] = [
        page(),
        page('"a b" c d e -f', facets={"colour": ("red",)}),
        description(spec_of("note")),
    ]
    assert not forbidden & {key for body in bodies for key in keys_in(body)}
    types = {
        "search_as_you_type",
        "wildcard",
        "constant_keyword",
        "scaled_float",
        "token_count",
        "match_only_text",
    }
    assert not types & {str(field["type"]) for field in properties(["colour"]).values() if "type" in field}


def test_pending_narrowings_are_barred_from_everything() -> None:
    barred = {"ids": {"values": ["note:1", "note:2"]}}
    excluded = frozenset({"note:2", "note:1"})
    assert page(excluded=excluded)["query"]["bool"]["must_not"] == [barred]
    assert queries.suggest_body("c", TOKENS, excluded=excluded, limit=8)["query"]["bool"]["must_not"] == [
        barred
    ]
    similar = queries.related_body({}, "note:3", TOKENS, excluded=excluded, everything_only=False, limit=5)
    assert similar["query"]["bool"]["must_not"] == [{"ids": {"values": ["note:1", "note:2", "note:3"]}}]


def rule(text: str) -> dict[str, Any]:
    """The match rule of a query."""
    return dict(queries.matching_query(parsed(text))["bool"])


@pytest.mark.parametrize(
    ("text", "units", "required"), [("one", 1, 1), ("one two", 2, 2), ("one two three", 3, 2)]
)
def test_the_match_rule_counts_units(text: str, units: int, required: int) -> None:
    assert len(rule(text)["should"]) == units
    assert rule(text)["minimum_should_match"] == required


def test_a_synonym_group_is_one_unit_found_by_any_of_its_alternatives() -> None:
    unit = Unit((Alternative(("jsc",)), Alternative(("joint", "steering", "committee"), adjacent=True)))
    first, second = queries.unit_query(unit)["dis_max"]["queries"]
    assert first["combined_fields"]["query"] == "jsc"
    assert second["multi_match"]["type"] == "phrase"
    assert second["multi_match"]["query"] == "joint steering committee"


def test_a_word_typed_twice_weighs_twice_and_counts_once() -> None:
    (unit,) = rule("charter charter")["should"]
    assert unit["dis_max"]["boost"] == 2.0


def test_phrases_are_required_and_excluded_words_forbidden() -> None:
    found = rule('charter "steering group" -draft')
    assert found["must"] == [queries.alternative_query(Alternative(("steering", "group"), adjacent=True))]
    assert found["must_not"] == [queries.alternative_query(Alternative(("draft",)))]


def test_only_exclusions_match_all_the_rest() -> None:
    assert rule("-draft")["must"] == [{"match_all": {}}]


def test_stop_words_that_are_meant_are_sought_where_they_are_kept() -> None:
    meant = queries.alternative_query(Alternative(("it",)))
    assert meant["combined_fields"]["fields"] == queries.EXACT_FIELDS
    assert "it" in STOP_WORDS


def test_an_exact_title_outweighs_everything_else_together() -> None:
    whole = page("steering charter")["query"]["bool"]
    (exact,) = whole["should"]
    assert exact["constant_score"]["filter"] == {"term": {"title_key": "steering charter"}}
    assert exact["constant_score"]["boost"] > 40 * 200 * queries.HIGHEST_BOOST


def test_boosts_are_bounded_together() -> None:
    score = page()["query"]["bool"]["must"][0]["function_score"]
    assert score["boost_mode"] == "multiply"
    assert score["max_boost"] == pytest.approx(1 + REUSE_BOOST + HELPFUL_BOOST + FRESH_BOOST)


def test_neighbours_add_and_are_never_required() -> None:
    inner = page("joint steering charter")["query"]["bool"]["must"][0]["function_score"]["query"]["bool"]
    assert [pair["multi_match"]["query"] for pair in inner["should"]] == [
        "joint steering",
        "steering charter",
    ]
    assert "minimum_should_match" not in inner
    assert (
        queries.neighbours(parsed(" ".join(f"word{number}" for number in range(32))))[
            queries.MOST_NEIGHBOURS :
        ]
        == []
    )


def test_other_orders_do_not_score() -> None:
    body = page(sort=Sort.NEWEST)
    assert "must" not in body["query"]["bool"]
    assert body["sort"][0] == {"date": {"order": "desc", "missing": "_last"}}
    assert page(sort=Sort.MOST_USED)["sort"][0] == {"reuse": "desc"}
    assert page("", sort=Sort.RELEVANCE)["sort"] == queries.NEWEST_FIRST


def test_facets_count_under_the_kind_and_all_others() -> None:
    counts = page(kind="note", facets={"colour": ("red", "blue")})["aggs"]
    scope = {"term": {"kind": "note"}}
    colour = {"terms": {"facets.colour": ["blue", "red"]}}
    assert counts["facet_colour"]["filter"]["bool"]["filter"] == [scope]
    assert counts["facets"]["filter"]["bool"]["filter"] == [scope, colour]
    assert list(counts["facets"]["aggs"]) == ["size"]
    assert counts["kinds"]["filter"]["bool"]["filter"] == [colour]


def test_the_kind_and_facets_filter_afterwards() -> None:
    body = page(facets={"size": ("small",), "colour": ()})
    assert body["post_filter"]["bool"]["filter"] == [
        {"term": {"in_everything": True}},
        {"terms": {"facets.size": ["small"]}},
    ]


def test_pages_are_windows_and_the_last_one_fits() -> None:
    assert (page(page=3)["from"], page(page=3)["size"]) == (40, 20)
    last = page(page=500)
    assert last["from"] + last["size"] == 10_000


def test_suggestions_hold_whole_words_and_one_beginning() -> None:
    must = queries.suggest_body("steering com", TOKENS, excluded=frozenset(), limit=8)["query"]["bool"][
        "must"
    ]
    assert must == [
        {"match": {"title.beginnings": "com"}},
        {"match": {"title.exact": {"query": "steering", "operator": "and"}}},
    ]


def test_names_are_apart_for_reading_writing_loading(settings: Any) -> None:
    settings.SEARCH_INDEX_PREFIX = "commons"
    assert (read_alias("note"), write_alias("note"), loading_alias("note")) == (
        "commons-note",
        "commons-note-write",
        "commons-note-loading",
    )
    first, second = new_index_name("note"), new_index_name("note")
    assert first < second
    assert first.startswith(all_generations("note").removesuffix("*"))


def test_the_description_is_strict_and_known_by_its_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    described = description(spec_of("note"))
    assert described["mappings"]["dynamic"] is False
    assert described["settings"]["similarity"]["default"] == {"type": "BM25", "k1": 1.2, "b": 0.75}
    before = fingerprint(spec_of("note"))
    assert before == fingerprint(spec_of("memo"))
    monkeypatch.setattr("search.indices.LONGEST_PREFIX", 7)
    assert fingerprint(spec_of("note")) != before


def test_the_analysis_has_the_patterns_of_all_engines() -> None:
    analysis = description(spec_of("note"))["settings"]["analysis"]
    patterns = [char_filter["pattern"] for char_filter in analysis["char_filter"].values()]
    assert patterns[: len(CHARACTER_PATTERNS)] == [pattern for pattern, _replacement in CHARACTER_PATTERNS]
    assert analysis["analyzer"]["words"]["filter"][-2:] == ["stop_words", "porter2"]
    assert "stop_words" not in analysis["analyzer"]["exact"]["filter"]


def document(**changes: Any) -> Document:
    """A document."""
    fields: dict[str, Any] = {
        "kind": "note",
        "object_id": 7,
        "version": 3,
        "title": "The Charter",
        "text": "text",
        "audience": "community",
        "facets": {"colour": ("red", "blue")},
    }
    return Document(**fields | changes)


def test_a_document_is_stored_whole_and_without_our_marks() -> None:
    source = source_of(document(title=f"A {MARK_ON}B{MARK_OFF}", date=datetime(2026, 1, 2, tzinfo=UTC)))
    assert (source["title"], source["title_key"]) == ("A B", "a b")
    assert source["date"] == "2026-01-02T00:00:00+00:00"
    assert source["facets"] == {"colour": ["blue", "red"]}


def test_the_digest_sees_every_change_and_no_order() -> None:
    digest = source_of(document())["digest"]
    assert source_of(document(facets={"colour": ("blue", "red")}))["digest"] == digest
    changes: list[dict[str, Any]] = [
        {"title": "Other"}, {"text": "other"}, {"audience": "practitioners"}, {"reuse": 1}, {"helpful": 1},
        {"in_everything": False}, {"facets": {}}, {"version": 4}, {"date": datetime(2026, 1, 1, tzinfo=UTC)},
    ]  # fmt: skip
    digests = {source_of(document(**change))["digest"] for change in changes}
    assert len(digests) == len(changes)
    assert digest not in digests
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})


def test_a_tombstone_has_no_audience_and_no_words() -> None:
    stone = tombstone("note", 7, 4)
    assert not {"audience", "title", "text", "facets"} & set(stone)
    assert stone["visible"] is False


def test_marks_become_segments() -> None:
    text = f"the {MARK_ON}charter{MARK_OFF} of <b>{MARK_ON}us{MARK_OFF}"
    assert segments(text) == [
        Segment("the "),
        Segment("charter", marked=True),
        Segment(" of <b>"),
        Segment("us", marked=True),
    ]


@pytest.mark.parametrize("text", [MARK_ON, MARK_OFF, f"a{MARK_OFF}b{MARK_ON}c", f"{MARK_ON}{MARK_ON}a"])
def test_unbalanced_marks_never_show(text: str) -> None:
    shown = "".join(segment.text for segment in segments(text))
    assert MARK_ON not in shown
    assert MARK_OFF not in shown


def test_beginnings_are_marked_as_whole_words() -> None:
    assert beginnings("Steering committee", ["com"]) == [
        Segment("Steering "),
        Segment("committee", marked=True),
    ]
    assert beginnings("Steering", []) == [Segment("Steering")]


def test_a_hit_keeps_its_place_and_words() -> None:
    hit = hit_of({"_id": "external_lesson:12", "_score": None, "_source": {"title": "One"}})
    assert (hit.kind, hit.object_id, hit.score) == ("external_lesson", 12, 0.0)
    assert hit.title == [Segment("One")]


def test_counts_come_from_shared_and_own_aggregations() -> None:
    answer = {
        "kinds": {"kinds": {"buckets": [{"key": "note", "doc_count": 9}]}},
        "facets": {"doc_count": 3, "size": {"buckets": [{"key": "small", "doc_count": 2}]}},
        "facet_colour": {"doc_count": 5, "colour": {"buckets": []}},
    }
    assert facet_counts(answer) == {"size": {"small": 2}, "colour": {}}
