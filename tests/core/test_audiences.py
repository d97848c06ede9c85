"""Audience tokens: nobody reads by accident, and narrowing only ever narrows."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from core.audiences import (
    COMMUNITY,
    NOBODY,
    PRACTITIONERS,
    choices,
    function_token,
    is_narrower,
    narrowest,
    tokens_of,
)

TOKENS = st.sampled_from([COMMUNITY, PRACTITIONERS, "function:legal", "function:research", NOBODY])
MANY = st.lists(TOKENS, max_size=6)


def reader(*, signed_in: bool = True, active: bool = True, tokens: tuple[str, ...] = (COMMUNITY,)) -> object:
    """Somebody with tokens."""
    return SimpleNamespace(is_authenticated=signed_in, is_active=active, audience_tokens=tokens)


def test_a_reader_holds_their_tokens() -> None:
    assert tokens_of(reader(tokens=(COMMUNITY, PRACTITIONERS))) == {COMMUNITY, PRACTITIONERS}


@pytest.mark.parametrize(
    "nobody",
    [AnonymousUser(), None, object(), reader(signed_in=False), reader(active=False), SimpleNamespace()],
)
def test_strangers_and_leavers_hold_nothing(nobody: object) -> None:
    assert tokens_of(nobody) == frozenset()


def test_nobody_is_held_by_no_reader() -> None:
    assert tokens_of(reader(tokens=(COMMUNITY, NOBODY))) == {COMMUNITY}


def test_function_tokens_name_the_function() -> None:
    assert function_token("legal") == "function:legal"


@pytest.mark.parametrize(
    ("tokens", "result"),
    [
        ([], COMMUNITY),
        ([COMMUNITY, COMMUNITY], COMMUNITY),
        ([COMMUNITY, PRACTITIONERS], PRACTITIONERS),
        ([PRACTITIONERS, PRACTITIONERS], PRACTITIONERS),
        ([PRACTITIONERS, "function:legal"], NOBODY),
        ([NOBODY, COMMUNITY], NOBODY),
    ],
)
def test_narrowest_by_example(tokens: list[str], result: str) -> None:
    assert narrowest(tokens) == result


@given(MANY)
def test_order_and_repetition_do_not_matter(tokens: list[str]) -> None:
    assert narrowest(tokens) == narrowest(reversed(tokens)) == narrowest([*tokens, *tokens])


@given(MANY, MANY)
def test_pieces_give_what_the_whole_gives(left: list[str], right: list[str]) -> None:
    assert narrowest([*left, *right]) == narrowest([narrowest(left), narrowest(right)])


@given(MANY, st.sets(TOKENS))
def test_who_may_read_the_narrowest_may_read_each(tokens: list[str], held: set[str]) -> None:
    mine = tokens_of(reader(tokens=(COMMUNITY, *held)))
    if narrowest(tokens) in mine:
        assert all(token in mine for token in tokens)


@given(TOKENS, TOKENS, st.sets(TOKENS))
def test_what_is_not_narrower_takes_nothing_away(new: str, old: str, held: set[str]) -> None:
    mine = tokens_of(reader(tokens=(COMMUNITY, *held)))
    if not is_narrower(new, old) and old in mine:
        assert new in mine


def test_choices_begin_with_everybody() -> None:
    offered = choices([("legal", "Legal")])
    assert [token for token, _ in offered] == [COMMUNITY, PRACTITIONERS, "function:legal"]
    assert offered[-1][1] == "Legal"
