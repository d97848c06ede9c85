"""Weights of the ranking, shared by all engines.

Text relevance leads. Verified reuse, helpful votes and freshness multiply it by little and never by more than
`1 + REUSE_BOOST + HELPFUL_BOOST + FRESH_BOOST`, each growing ever more slowly (count / (count + HALF)).
"""

import math
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from search.analysis import STOP_WORDS, words_of

TITLE_WEIGHT = 2.0
TEXT_WEIGHT = 1.0
REUSE_BOOST = 0.10
HELPFUL_BOOST = 0.05
FRESH_BOOST = 0.05
HALF = 5.0
FRESH = timedelta(days=365)
CANDIDATES = 40
CHARACTERISTIC = 12


def characteristic(title: str, text: str) -> dict[str, float]:
    """The words a document uses most, weighed by how often, those of the title more: candidates for documents like it."""
    in_text, in_title = Counter(words_of(text)), Counter(words_of(title))
    told = {
        word: 1 + math.log(TEXT_WEIGHT * in_text[word] + TITLE_WEIGHT * in_title[word])
        for word in {*in_text, *in_title}
        if word not in STOP_WORDS and len(word) > 2
    }
    return dict(sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES])


def rarest(weights: Mapping[str, float], found: Mapping[str, int], total: int) -> list[str]:
    """The words that tell a document apart: often in it, seldom elsewhere, and in one other document at least."""
    telling = {
        word: weight * math.log(1 + total / found[word])
        for word, weight in weights.items()
        if found[word] > 1
    }
    return sorted(telling, key=lambda word: (-telling[word], word))[:CHARACTERISTIC]
