"""Measures of a ranking against judgements, as TREC defines them."""

import math
from collections.abc import Collection, Sequence


def average_precision(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """The mean, over all relevant documents, of the precision where each was found."""
    found, total = 0, 0.0
    for place, key in enumerate(ranking, 1):
        if key in relevant:
            found += 1
            total += found / place
    return total / len(relevant)


def ndcg(ranking: Sequence[str], relevant: Collection[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with binary judgements."""
    gain = sum(1 / math.log2(place + 1) for place, key in enumerate(ranking[:depth], 1) if key in relevant)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(depth, len(relevant)) + 1))
    return gain / ideal
