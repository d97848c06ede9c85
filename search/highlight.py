"""Cuts plain text into segments and marks what matched. Engines share it; the template escapes each segment.

Only what matches a word by its stem, or a synonym as a whole phrase, is marked. Nothing here makes or reads HTML.
The text is scanned once by a compiled pattern of word beginnings; only the words found there are looked at closely.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.analysis import Word, word_at
from search.parsing import Alternative, ParsedQuery
from search.results import Segment
from search.stemming import stem

SNIPPET_LENGTH = 240
MAX_SCANNED = 100_000
ELLIPSIS = "…"
_LEAD = 60
_BOUNDARY = re.compile(r"\s+")
# One character for one, so that places in the folded text are places in the text.
_PLAIN = {
    code: ord(base)
    for base, accented in {
        "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥ", "i": "ìíîïĩīĭį", "j": "ĵ",
        "k": "ķ", "l": "ĺļľ", "n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř", "s": "śŝşš", "t": "ţť", "u": "ùúûüũūŭůűų",
        "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
    }.items()
    for letter in accented
    for code in (ord(letter), ord(letter.upper()))
    if len(letter.upper()) == 1
}  # fmt: skip
_CODES = {stem("fiftyfifty"): r"50 ?[/:-] ?50", stem("roundtheclock"): r"24/7"}
_AMPERSAND = re.compile(r"^([a-z]{1,2})n([a-z])$")


class Span(NamedTuple):
    """A marked piece of a text, and the first stem that matched there."""

    start: int
    end: int
    stem: str


def mark(text: str, parsed: ParsedQuery) -> Sequence[Segment]:
    """The whole text, words of the query (and of its synonyms) marked, in all their inflections."""
    return _segments(text, _spans(text, parsed), 0, len(text))


def snippet(text: str, parsed: ParsedQuery, *, length: int = SNIPPET_LENGTH) -> Sequence[Segment]:
    """The piece of the text where most of the query stands, marked, about `length` characters; else its beginning."""
    spans = _spans(text, parsed)
    start, end = _window(text, spans, length)
    segments = _segments(text, spans, start, end)
    before = [Segment(f"{ELLIPSIS} ")] if start else []
    after = [Segment(f" {ELLIPSIS}")] if end < len(text) else []
    return [*before, *segments, *after]


def mark_beginnings(text: str, words: Sequence[str]) -> Sequence[Segment]:
    """The text with each word marked that begins with one of `words`: for titles while typing."""
    spans = [
        Span(word.start, word.end, word.folded)
        for word in _words_from(text, 0)
        if any(word.folded.startswith(begun) for begun in words)
    ]
    return _segments(text, spans, 0, len(text))


def _segments(text: str, spans: Iterable[Span], start: int, end: int) -> list[Segment]:
    segments, position = [], start
    for span in spans:
        if span.start < position or span.end > end:
            continue
        segments += [Segment(text[position : span.start]), Segment(text[span.start : span.end], marked=True)]
        position = span.end
    segments.append(Segment(text[position:end]))
    return [segment for segment in segments if segment.text]


def _window(text: str, spans: Sequence[Span], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    best = max(range(len(spans)), key=lambda index: (_variety(spans, index, length), -index), default=None)
    start = 0 if best is None else max(0, spans[best].start - _LEAD)
    start = _after_space(text, start) if start else 0
    end = min(len(text), start + length)
    return start, _before_space(text, start, end)


def _variety(spans: Sequence[Span], first: int, length: int) -> int:
    limit = spans[first].start + length - _LEAD
    stems = set()
    for span in spans[first : first + 40]:
        if span.end > limit:
            break
        stems.add(span.stem)
    return len(stems)


def _after_space(text: str, start: int) -> int:
    match = _BOUNDARY.search(text, start, start + _LEAD)
    return match.end() if match else start


def _before_space(text: str, start: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", start + 1, end)
    return space if space > start + _LEAD else end


def _spans(text: str, parsed: ParsedQuery) -> list[Span]:
    sequences = _sequences(parsed)
    if not sequences:
        return []
    pattern = _beginnings(tuple(sequences))
    plain = text[:MAX_SCANNED] if text.isascii() else text[:MAX_SCANNED].translate(_PLAIN)
    spans, position = [], 0
    while match := pattern.search(plain, position):
        span = _span_at(text, match.start(), sequences)
        spans += [span] if span else []
        position = max(span.end if span else match.end(), match.start() + 1)
    return spans


def _span_at(text: str, start: int, sequences: dict[str, list[tuple[str, ...]]]) -> Span | None:
    first = word_at(text, start)
    if first is None:
        return None
    key = stem(first.folded)
    for rest in sequences.get(key, ()):
        following = _words_from(text, first.end)
        last = first
        for wanted in rest:
            last = next(following, Word("", "", 0, 0))
            if stem(last.folded) != wanted:
                break
        else:
            return Span(first.start, last.end, key)
    return None


def _words_from(text: str, start: int) -> Iterator[Word]:
    while word := word_at(text, start, search=True):
        yield word
        start = word.end


def _sequences(parsed: ParsedQuery) -> dict[str, list[tuple[str, ...]]]:
    """First stem to what must follow it; longest first."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for alternative in _alternatives(parsed):
        stems = tuple(stem(word) for word in alternative.words)
        for sequence in [stems] if alternative.adjacent else [(each,) for each in stems]:
            found.setdefault(sequence[0], set()).add(sequence[1:])
    return {first: sorted(rests, key=len, reverse=True) for first, rests in found.items()}


def _alternatives(parsed: ParsedQuery) -> Iterator[Alternative]:
    for unit in parsed.units:
        yield from unit.alternatives
    yield from parsed.phrases


@lru_cache(maxsize=64)
def _beginnings(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Finds words that may have one of the stems: a stem changes at most the end of a word."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(_beginning(each) for each in stems)})", re.IGNORECASE)


def _beginning(stem_: str) -> str:
    if stem_ in _CODES:
        return _CODES[stem_]
    kept = re.escape(stem_[: max(2, len(stem_) - 2)] if len(stem_) > 3 else stem_[:2])
    if kept.startswith("co"):
        kept = f"co-?{kept[2:]}"
    ampersand = _AMPERSAND.match(stem_)
    return f"{kept}|{ampersand[1]}&{ampersand[2]}" if ampersand else kept
