"""What every engine answers: the same shape, whoever searched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, marked where it matched. The template escapes it; no engine makes HTML."""

    text: str
    marked: bool = False


@dataclass(slots=True)
class Hit:
    """One result. `object` is filled from the database after the access re-check, never from the index."""

    kind: str
    object_id: int
    title: Sequence[Segment]
    snippet: Sequence[Segment]
    score: float = 0.0
    object: Any = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with its count under all other facets."""

    code: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetResult:
    """One facet as shown."""

    name: str
    label: str
    values: Sequence[FacetValue]


@dataclass(slots=True)
class RawResults:
    """What an engine found, before the database re-check: ids, counts and pieces of text.

    `kind_counts` is per kind, under the same text and facets; `facet_counts` per facet and code, each computed under
    the other facets; `total` is of the chosen kind (or of all that count as everything).
    """

    hits: list[Hit]
    total: int
    kind_counts: Mapping[str, int]
    facet_counts: Mapping[str, Mapping[str, int]]
    suggestion: str = ""


@dataclass(slots=True)
class SearchResults:
    """One page of results, authorised."""

    hits: list[Hit]
    total: int
    kind_counts: Mapping[str, int]
    facets: Sequence[FacetResult]
    suggestion: str = ""
    also_meant: Sequence[str] = ()
    possible_meanings: Sequence[str] = ()
    degraded: bool = False
    widened: bool = False
    outside_everything: Mapping[str, int] = field(default_factory=dict)
