"""Names in a text: listed ones, and words with a capital letter that nobody here uses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from composer.guard.known import WORD, capitalised_words, company_suffixes, ordinary_words
from composer.guard.listed import ListedNames
from composer.guard.patterns import Span

_JOINS = re.compile(r"[ \u00a0]|[-&\u2019'.]| & ")
_STOP = re.compile(r"[.!?:;\n\"“”|•]")
_HEADING = re.compile(r"[ \t]{0,3}#")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands, and whether a sentence or a heading makes it begin with a capital letter."""

    text: str
    folded: str
    start: int
    end: int
    opens: bool


def read_words(text: str) -> list[Word]:
    """The words of a text in order."""
    words, before = [], 0
    heading_until = -1
    for match in WORD.finditer(text):
        gap = text[before : match.start()]
        if "\n" in gap or before == 0:
            line = match.start() - len(gap.rpartition("\n")[2])
            heading_until = _end_of_line(text, line) if _HEADING.match(text, line) else heading_until
        opens = before == 0 or bool(_STOP.search(gap)) or match.start() < heading_until
        words.append(Word(match.group(), match.group().casefold(), match.start(), match.end(), opens))
        before = match.end()
    return words


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def name_spans(text: str, listed: ListedNames) -> Iterator[Span]:
    """Runs of words that may be a name, from left to right."""
    words = read_words(text)
    flags = _flags(words, listed)
    run: list[Word] = []
    for word, flagged in zip(words, flags, strict=True):
        numbers_it = bool(run) and word.text.isdecimal() and text[run[-1].end : word.start] == "-"
        if run and not (numbers_it or (flagged and _JOINS.fullmatch(text, run[-1].end, word.start))):
            yield Span(run[0].start, run[-1].end, "name")
            run = []
        if flagged or numbers_it:
            run.append(word)
    if run:
        yield Span(run[0].start, run[-1].end, "name")


def _flags(words: Sequence[Word], listed: ListedNames) -> list[bool]:
    """For each word whether it belongs to a name."""
    known, ordinary, suffixes = capitalised_words(), ordinary_words(), company_suffixes()
    flags = [_is_unknown(word, known, ordinary) for word in words]
    folded = [word.folded for word in words]
    for place, word in enumerate(words):
        length = listed.length_at(folded, place)
        if length and _has_capital("".join(part.text for part in words[place : place + length])):
            flags[place : place + length] = [True] * length
        if (
            place
            and word.folded in suffixes
            and _has_capital(word.text)
            and _has_capital(words[place - 1].text)
        ):
            flags[place] = flags[place] or flags[place - 1] or not words[place - 1].opens
    return flags


def _is_unknown(word: Word, known: frozenset[str], ordinary: frozenset[str]) -> bool:
    if not _has_capital(word.text) or sum(map(str.isalpha, word.text)) < _SHORTEST:
        return False
    if word.folded in known or (word.text[:-1].isupper() and word.folded.removesuffix("s") in known):
        return False
    return not (word.folded in ordinary and (word.opens or word.text.isupper()))


def _has_capital(text: str) -> bool:
    return any(map(str.isupper, text))
