"""Cuts plain text into segments and marks what matched. Engines share it; the template escapes each segment."""

from collections.abc import Sequence

from search.parsing import ParsedQuery
from search.results import Segment

SNIPPET_LENGTH = 240


def mark(text: str, parsed: ParsedQuery) -> Sequence[Segment]:
    """The whole text, words of the query (and of its synonyms) marked, in all their inflections."""
    raise NotImplementedError


def snippet(text: str, parsed: ParsedQuery, *, length: int = SNIPPET_LENGTH) -> Sequence[Segment]:
    """The piece of the text where most of the query stands, marked, about `length` characters; else its beginning."""
    raise NotImplementedError
