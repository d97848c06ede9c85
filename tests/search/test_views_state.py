"""The state of the results page in its address: read with suspicion, written one way."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.forms import read_query, read_text, state_url, without_value
from search.queries import MAX_PAGE, MAX_TEXT, SearchQuery, Sort
from tests.core.hostile import naughty_strings
from tests.lessons.factories import vocabularies

ADDRESS = "/search/"


def read(parameters: str) -> SearchQuery:
    """The state a query string asks for."""
    return read_query(QueryDict(parameters))


@pytest.fixture
def _terms(db: None) -> None:
    vocabularies()


def test_an_empty_address_is_the_empty_search() -> None:
    assert read("") == SearchQuery()
    assert state_url(SearchQuery()) == ADDRESS


@pytest.mark.usefixtures("_terms")
def test_a_full_address_is_read_and_written_back() -> None:
    address = (
        "q=joint+decisions&kind=lesson&phase=startup&phase=operate&outcome=negative&sort=newest&own=1&page=3"
    )
    query = read(address)
    assert query.text == "joint decisions"
    assert query.kind == "lesson"
    assert query.facets == {"phase": ("startup", "operate"), "outcome": ("negative",)}
    assert (query.sort, query.own_words, query.page) == (Sort.NEWEST, True, 3)
    assert read(state_url(query).partition("?")[2]) == query


@pytest.mark.usefixtures("_terms")
def test_one_state_has_one_address() -> None:
    """The order in which somebody ticked boxes, or typed, does not matter."""
    one = read("phase=operate&phase=startup&phase=operate&q=+joint++goals+&sort=relevance&page=1&own=0")
    other = read("q=joint goals&phase=startup&phase=operate")
    assert state_url(one) == state_url(other)


@pytest.mark.usefixtures("_terms")
@pytest.mark.parametrize(
    "parameters",
    [
        "kind=secret", "phase=unknown", "unknown=operate", "sort=random", "page=-1", "page=0", "page=x", "page=", "own=yes",
        "page=9999999999999999999", "page=²", "phase=%00", "phase[]=operate", "kind=%F0%9F%92%A9", "phase=" + "x" * 10_000,
    ],
)  # fmt: skip
def test_what_is_not_known_is_ignored(parameters: str) -> None:
    assert read(parameters) == SearchQuery()


@pytest.mark.parametrize(
    ("raw", "page"), [("7", 7), ("500", MAX_PAGE), ("501", MAX_PAGE), ("99999", MAX_PAGE)]
)
def test_page_numbers_are_brought_into_range(raw: str, page: int) -> None:
    assert read(f"page={raw}").page == page


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  two \t words\r\n", "two words"),
        ("a\x00b", "a b"),
        ("\x1b[31mred", "[31mred"),
        ("x" * 10_000, "x" * MAX_TEXT),
        (" " * 5_000 + "late", ""),
        ("\x00", ""),
    ],
)
def test_words_are_cleaned_and_cut(raw: str, text: str) -> None:
    assert read_text(raw) == text


@given(st.text(max_size=600))
def test_reading_words_is_safe_and_settles(raw: str) -> None:
    once = read_text(raw)
    assert len(once) <= MAX_TEXT
    assert read_text(once) == once
    assert not any(ord(sign) < 32 for sign in once)


@given(
    st.builds(
        SearchQuery,
        text=st.text(max_size=80).map(read_text),
        kind=st.sampled_from(["", "lesson", "play", "external_lesson"]),
        sort=st.sampled_from(Sort),
        own_words=st.booleans(),
        page=st.integers(1, MAX_PAGE),
    )
)
def test_every_state_survives_its_address(query: SearchQuery) -> None:
    assert read(state_url(query).partition("?")[2]) == query


def test_naughty_words_survive_the_address() -> None:
    for words in naughty_strings():
        query = SearchQuery(text=read_text(words))
        assert read(state_url(query).partition("?")[2]).text == query.text


def test_a_change_starts_on_the_first_page_and_a_page_keeps_the_rest() -> None:
    query = SearchQuery(text="goals", kind="lesson", page=4)
    assert state_url(query, kind="play") == f"{ADDRESS}?q=goals&kind=play"
    assert state_url(query, page=5) == f"{ADDRESS}?q=goals&kind=lesson&page=5"


@pytest.mark.usefixtures("_terms")
def test_one_facet_value_is_taken_away() -> None:
    query = SearchQuery(
        text="goals", facets={"phase": ("startup", "operate"), "outcome": ("negative",)}, page=2
    )
    left = read(without_value(query, "phase", "startup").partition("?")[2])
    assert left == SearchQuery(text="goals", facets={"phase": ("operate",), "outcome": ("negative",)})
    assert "outcome" not in without_value(query, "outcome", "negative")
