"""Documents like a text that is being written: what somebody should see before they write it again.

The engine finds candidates by the telling words of the text; how alike each is, is then counted here and so the same on
every engine: BM25 of the telling words in the document over BM25 of them in the text itself. This share is read together
with how many words there were: a title of three words is soon found whole in some long document.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.audiences import tokens_of
from search.analysis import words_of
from search.engines.base import Engine
from search.engines.choice import answered
from search.models import IndexEntry
from search.parsing import Alternative, ParsedQuery, Unit
from search.queries import SearchQuery
from search.ranking import characteristic
from search.results import Hit
from search.services.recheck import recheck
from search.stemming import stem

ASKED_FOR = 16
SATURATION, LENGTH_WEIGHT = 1.2, 0.75
USUAL_LENGTH = 200
"""Words of a usual document: one of this length is not marked down because only its first lines have been typed yet."""
READ_AT_MOST = 20_000
"""How many characters of a text are looked at: its telling words are among them, and a longer one costs no more."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document like the text; `share` from 0 to 1, of `words` telling words."""

    hit: Hit
    share: float
    words: int


def alike(title: str, text: str, *, kind: str, reader: object, limit: int = 5) -> list[Likeness]:
    """Visible documents of one kind that share rare words with a text, the most alike first."""
    weights = characteristic(title, text[:READ_AT_MOST])
    tokens = tokens_of(reader)
    if not weights or not tokens:
        return []
    (rarities, hits), _degraded = answered(
        lambda engine, excluded: _candidates(engine, kind, weights, tokens, excluded)
    )
    texts = {
        entry.object_id: f"{entry.title} {entry.text}"
        for entry in IndexEntry.objects.filter(kind=kind, object_id__in=[hit.object_id for hit in hits])
    }
    typed = _counts(f"{title} {text[:READ_AT_MOST]}")
    found = [
        Likeness(hit, _share(rarities, typed, _counts(texts.get(hit.object_id, ""))), len(rarities))
        for hit in recheck(hits, reader)
    ]
    return sorted(found, key=lambda one: -one.share)[:limit]


def _candidates(
    engine: Engine,
    kind: str,
    weights: Mapping[str, float],
    tokens: frozenset[str],
    excluded: frozenset[str],
) -> tuple[dict[str, float], list[Hit]]:
    """How rare each telling word is, and what the engine finds by those that tell most."""
    queries = [ParsedQuery(), *(_any_of([word]) for word in weights)]
    total, *found = engine.frequencies(queries, tokens, excluded=excluded)
    known = dict(zip(weights, found, strict=True))
    rarities = {word: math.log(1 + (total + 1) / (known[word] + 1)) for word in weights}
    told = sorted(
        (word for word in weights if known[word]), key=lambda word: (-weights[word] * rarities[word], word)
    )
    if not told:
        return rarities, []
    query = SearchQuery(kind=kind)
    results = engine.search(query, tokens, parsed=_any_of(told[:ASKED_FOR]), excluded=excluded)
    return rarities, list(results.hits)


def _any_of(words: list[str]) -> ParsedQuery:
    return ParsedQuery(units=tuple(Unit((Alternative((word,)),)) for word in words), required=1)


def _counts(text: str) -> Counter[str]:
    return Counter(map(stem, words_of(text)))


def _share(rarities: Mapping[str, float], typed: Counter[str], held: Counter[str]) -> float:
    """0 to 1. No word counts for more in the document than in the text."""
    usual = max(typed.total(), USUAL_LENGTH)
    length = max(held.total() / usual, 1.0)
    score = whole = 0.0
    for word, rarity in rarities.items():
        own = _saturated(typed[stem(word)], 1.0)
        whole += rarity * own
        score += rarity * min(_saturated(held[stem(word)], length), own)
    return score / whole


def _saturated(times: int, length: float) -> float:
    """BM25's weight of a word that stands so often in a text of so many usual lengths."""
    if not times:
        return 0.0
    return times * (SATURATION + 1) / (times + SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length))
