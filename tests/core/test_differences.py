"""Word by word: whatever two texts are, the pieces give both back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.differences import MOST_WORDS, Piece, PieceKind, pieces

SAME, ADDED, REMOVED = PieceKind.SAME, PieceKind.ADDED, PieceKind.REMOVED
TEXT = st.text(alphabet="ab \n\té会", max_size=40)


def without(kind: PieceKind, found: list[Piece]) -> str:
    """The text that is left when pieces of a kind are taken out."""
    return "".join(piece.text for piece in found if piece.kind is not kind)


@given(TEXT, TEXT)
def test_the_pieces_give_both_texts_back(old: str, new: str) -> None:
    found = pieces(old, new)
    assert without(ADDED, found) == old
    assert without(REMOVED, found) == new
    assert all(piece.text for piece in found)


@given(TEXT)
def test_nothing_went_where_nothing_changed(text: str) -> None:
    assert all(piece.kind is SAME for piece in pieces(text, text))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "new words", [(ADDED, "new words")]),
        ("old words", "", [(REMOVED, "old words")]),
        ("two chairs", "three chairs", [(REMOVED, "two "), (ADDED, "three "), (SAME, "chairs")]),
        ("a b", "a b c", [(SAME, "a "), (REMOVED, "b"), (ADDED, "b c")]),
        ("<b>x</b>", "<b>x</b>", [(SAME, "<b>x</b>")]),
    ],
)
def test_what_stays_goes_and_comes(old: str, new: str, expected: list[tuple[PieceKind, str]]) -> None:
    assert [(piece.kind, piece.text) for piece in pieces(old, new)] == expected


@pytest.mark.parametrize(("more", "compared"), [(0, True), (1, False)])
def test_a_text_of_very_many_words_is_compared_as_a_whole(more: int, compared: bool) -> None:
    words = [f"word{number} " for number in range(MOST_WORDS + more)]
    old, new = "".join(words), "".join(["other ", *words[1:MOST_WORDS]])
    assert (SAME in {piece.kind for piece in pieces(old, new)}) == compared
    assert without(REMOVED, pieces(old, new)) == new
