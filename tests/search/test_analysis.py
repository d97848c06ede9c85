"""Words, the same for the index, the query and the marks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import CHARACTER_PATTERNS, MAX_WORD, fold, prepared, singular, tokens, word_at, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The partner's plan", "the partner plan"),
        ("the partners\u2019 plan", "the partners plan"),
        ("don't", "dont"),
        ("R&D, M&A and BD&L", "rnd mna and bdnl"),
        ("AT&T stays", "atnt stays"),
        ("R&D's plan, B&B'2 and A&B&C", "rnd plan bnb2 and anbnc"),
        ("a 50/50's, co-50/50", "a fiftyfifty cofiftyfifty"),
        ("Smith & Sons", "smith sons"),
        ("50/50, 50:50 or 50-50", "fiftyfifty fiftyfifty or fiftyfifty"),
        ("24/7", "roundtheclock"),
        ("co-development and Co-promotion", "codevelopment and copromotion"),
        ("wind-down", "wind down"),
        ("snake_case", "snake case"),
        ("Zürich, Straße, Œuvre, Łódź, naïve", "zurich strasse oeuvre lodz naive"),
        ("feasible.¾ Splice", "feasible splice"),
        ("\ufb01nal", "final"),
        ("中文 текст", "中文 текст"),
        ("", ""),
        ("*** — \x00", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert prepared(text) == expected


def test_long_words_are_cut_alike() -> None:
    assert words_of("x" * 500) == ["x" * MAX_WORD]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("committees", "committee"), ("royalties", "royalty"), ("managers", "manager"), ("management", "management"),
        ("process", "process"), ("analysis", "analysis"), ("status", "status"), ("us", "us"), ("jscs", "jsc"),
    ],
)  # fmt: skip
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


@given(st.text(max_size=300))
def test_places_fit_the_text(text: str) -> None:
    for word in tokens(text):
        assert text[word.start : word.end] == word.typed
        assert word.folded.isalnum()
        assert word_at(text, word.start, search=True) == word


@given(st.text(max_size=300))
def test_prepared_text_is_its_own_preparation(text: str) -> None:
    once = prepared(text)
    assert prepared(once) == once


@given(st.text(max_size=100))
def test_folding_leaves_letters_and_digits_of_lower_case(text: str) -> None:
    folded = fold("".join(char for char in text if char.isalnum()))
    assert all(char.isalnum() for char in folded)


PIECES = (
    "50/50",
    "50 : 50",
    "24/7",
    "co-",
    "R&D",
    "AT&T",
    "'s",
    "\u2019",
    "'",
    "&",
    "-",
    "_",
    " ",
    "a",
    "B",
    "5",
    ".",
)


@given(
    st.one_of(
        st.text(alphabet="aBs5&'-/: \u2019_co0247R.", max_size=60),
        st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    )
)
def test_the_patterns_for_elasticsearch_give_the_same_words(text: str) -> None:
    """Elasticsearch applies the list one by one; here one tokenizer does it."""
    replaced = text
    for pattern, replacement in CHARACTER_PATTERNS:
        replaced = re.sub(pattern, replacement, replaced)
    assert re.findall(r"[a-z0-9]+", replaced.lower()) == words_of(text)
