"""Did you mean: other spellings that have results this reader may see.

Candidates come from the words of documents of the reader's own audiences, by the first or the last two letters, at most
two letters apart. None is offered without visible hits, so a word of hidden documents never shows.
"""

from django.db.models import Q

from search.analysis import tokens as words_in
from search.engines.base import Engine
from search.models import IndexWord
from search.parsing import ParsedQuery, parse

CANDIDATES = 6
MAX_CORRECTED = 4
MIN_LENGTH = 4
LONG = 8


def corrected(parsed: ParsedQuery, engine: Engine, tokens: frozenset[str], excluded: frozenset[str]) -> str:
    """The query in another spelling that finds something, or "". At most two requests to the engine."""
    unknown = _unknown(parsed, engine, tokens, excluded)
    proposals = {word: _nearest(word, tokens) for word in unknown[:MAX_CORRECTED]}
    flat = [(word, candidate) for word, candidates in proposals.items() for candidate in candidates]
    if not flat:
        return ""
    counts = engine.frequencies([_single(candidate) for _word, candidate in flat], tokens, excluded=excluded)
    best: dict[str, tuple[int, int, str]] = {}
    for (word, candidate), count in zip(flat, counts, strict=True):
        rank = (distance(word, candidate), -count, candidate)
        if count and (word not in best or rank < best[word]):
            best[word] = rank
    suggestion = _respelt(parsed.text, {word: rank[2] for word, rank in best.items()})
    return suggestion if best and _finds_something(suggestion, engine, tokens, excluded) else ""


def distance(one: str, other: str) -> int:
    """Letters to insert, delete, replace or swap (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, sign in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and sign == one[row - 2]:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, last = last, here
    return last[-1]


def _unknown(
    parsed: ParsedQuery, engine: Engine, tokens: frozenset[str], excluded: frozenset[str]
) -> list[str]:
    words = [word for word in parsed.words if len(word) >= MIN_LENGTH and word.isalpha()]
    counts = engine.frequencies([_single(word) for word in words], tokens, excluded=excluded)
    return [word for word, count in zip(words, counts, strict=True) if not count]


def _nearest(word: str, tokens: frozenset[str]) -> list[str]:
    allowed = 2 if len(word) >= LONG else 1
    near = IndexWord.objects.filter(
        Q(head=word[:2]) | Q(tail=word[-2:]),
        audience__in=tokens,
        length__range=(len(word) - allowed, len(word) + allowed),
    )
    found = set(near.values_list("word", flat=True)) - {word}
    ranked = sorted((distance(word, candidate), candidate) for candidate in found)
    return [candidate for apart, candidate in ranked if apart <= allowed][:CANDIDATES]


def _single(word: str) -> ParsedQuery:
    return parse(word, own_words=True)


def _respelt(text: str, spellings: dict[str, str]) -> str:
    parts: list[str] = []
    position = 0
    for word in words_in(text):
        parts += [text[position : word.start], spellings.get(word.folded, word.typed)]
        position = word.end
    return "".join([*parts, text[position:]])


def _finds_something(text: str, engine: Engine, tokens: frozenset[str], excluded: frozenset[str]) -> bool:
    return any(engine.frequencies([parse(text)], tokens, excluded=excluded))
