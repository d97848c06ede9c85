"""Segments: nothing is lost, nothing added, and only what matched is marked."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import SNIPPET_LENGTH, mark, mark_beginnings, snippet
from search.parsing import parse_with
from search.results import Segment
from search.synonyms import SynonymTable

SYNONYMS = SynonymTable()
SYNONYMS.add(["jsc", "joint steering committee"], [], {})


def joined(segments: Sequence[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def marked(text: str, query: str) -> list[str]:
    return [segment.text for segment in mark(text, parse_with(query, SYNONYMS)) if segment.marked]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Decisions decided by deciding", "decide", ["decided", "deciding"]),
        ("The partner's plans", "partners plan", ["partner's", "plans"]),
        ("Café société", "cafe societe", ["Café", "société"]),
        ("R&D and rnd and Brand", "R&D", ["R&D", "rnd"]),
        ("a 50/50 or 50 and 50 split", "50-50", ["50/50"]),
        (
            "Co-development, codevelopment, co development",
            "co-development",
            ["Co-development", "codevelopment"],
        ),
        ("the Joint Steering Committee's joint work", "jsc", ["Joint Steering Committee's"]),
        ("the JSC, a joint venture", "joint steering committee", ["JSC", "joint"]),
        ("final say, say final", '"final say"', ["final say"]),
        ("the cost of the plan", "the plan", ["plan"]),
        ("plan without drafts", "plan -drafts", ["plan"]),
        ("skies and sky", "sky", ["skies", "sky"]),
        ("nothing here", "other", []),
        ("anything", "", []),
    ],
)
def test_marks(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


def test_a_snippet_shows_where_most_of_the_query_stands() -> None:
    text = "alpha " + "filler words " * 100 + "alpha beta gamma " + "filler words " * 100
    cut = snippet(text, parse_with("alpha beta gamma", SYNONYMS))
    assert {"alpha", "beta", "gamma"} == {segment.text for segment in cut if segment.marked}
    assert joined(cut).startswith("… ")
    assert joined(cut).endswith(" …")
    assert len(joined(cut)) <= SNIPPET_LENGTH + 4


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    text = "first words " * 100
    assert joined(snippet(text, parse_with("other", SYNONYMS))).startswith("first words")
    assert joined(snippet("short", parse_with("other", SYNONYMS))) == "short"


def test_beginnings_are_marked_for_titles_while_typing() -> None:
    segments = mark_beginnings("Steering committee", ["steering", "com"])
    assert [segment.text for segment in segments if segment.marked] == ["Steering", "committee"]


@given(st.text(max_size=400), st.text(max_size=60))
def test_no_sign_is_lost_or_added(text: str, query: str) -> None:
    parsed = parse_with(query, SYNONYMS)
    assert joined(mark(text, parsed)) == text
    inner = joined(snippet(text, parsed, length=80)).removeprefix("… ").removesuffix(" …")
    assert inner in text


@pytest.mark.timeout(60)
def test_a_great_text_is_cut_once_for_all_words() -> None:
    parsed = parse_with("alpha beta " * 20, SYNONYMS)
    cut = snippet("alphabet betamax alpha " * 20_000, parsed)
    assert len(joined(cut)) < 2 * SNIPPET_LENGTH
    assert {segment.text for segment in cut if segment.marked} == {"alpha"}
