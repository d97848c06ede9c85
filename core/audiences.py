"""Audience tokens: the one rule for who may see what.

An object carries one token, a reader holds a set of them, and the object is visible when its token is held.
Invariants: nobody who is not signed in and active holds a token; NOBODY is held by no reader; a reader who may
see one object of a token may see all of them, so the token alone decides in lists, counts, facets and indexes.
This module refuses to know users, groups or pages: a reader is anything that has `audience_tokens`.
"""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

COMMUNITY = "community"
PRACTITIONERS = "practitioners"
NOBODY = "nobody"
FUNCTION_PREFIX = "function:"
ALLIANCE_PREFIX = "alliance:"


class Reader(Protocol):
    """Somebody who reads. `AnonymousUser` fits too: it has no tokens."""

    is_authenticated: bool
    is_active: bool


def function_token(code: str) -> str:
    """The token of one business function, `function:CODE`."""
    return f"{FUNCTION_PREFIX}{code}"


def alliance_token(pk: int) -> str:
    """The token of the confirmed team of one alliance, `alliance:ID`."""
    return f"{ALLIANCE_PREFIX}{pk}"


def tokens_of(reader: object) -> frozenset[str]:
    """The tokens a reader holds now; empty for strangers and for accounts that were closed."""
    if not getattr(reader, "is_authenticated", False) or not getattr(reader, "is_active", False):
        return frozenset()
    return frozenset(getattr(reader, "audience_tokens", ())) - {NOBODY}


def narrowest(tokens: Iterable[str]) -> str:
    """The token that holds where all of `tokens` must hold, as along the ancestors of a page.

    `community` narrows nothing. Two different narrow tokens have no common reader by rule, hence NOBODY: a page
    that two narrowings contradict is closed until somebody decides, never open by accident.
    """
    narrow = {token for token in tokens if token != COMMUNITY}
    if not narrow:
        return COMMUNITY
    return narrow.pop() if len(narrow) == 1 else NOBODY


def is_narrower(new: str, old: str) -> bool:
    """Whether somebody who could read under `old` may no longer do so under `new`."""
    return new not in (old, COMMUNITY)


def choices(functions: Iterable[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Token and words for a form; `functions` are code and label of the business functions."""
    return [
        (COMMUNITY, _("Everybody who is signed in")),
        (PRACTITIONERS, _("Alliance practitioners")),
        *((function_token(code), label) for code, label in functions),
    ]
