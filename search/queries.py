"""What a reader asks: the state of the results page, the same for every engine and in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

PAGE_SIZE = 20
MAX_TEXT = 400
MAX_PAGE = 500


class Sort(StrEnum):
    """Orders of the results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    MOST_USED = "most_used"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search. `kind` is empty for "Everything"; `own_words` switches synonyms off; `page` counts from 1."""

    text: str = ""
    kind: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    own_words: bool = False
    page: int = 1

    def but(self, **changes: Any) -> "SearchQuery":
        """A copy with changes, as links on the page need it."""
        return replace(self, **changes)
