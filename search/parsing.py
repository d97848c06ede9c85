"""From what a reader typed to what the engines match. Never raises, whatever was typed.

Match rule: one or two words need all of them, more words at least two; phrases in quotation marks and excluded words
(`-word`, `-"a phrase"`) are strict. Stop words do not count, except inside phrases, in capitals (IT, WHO) and where
nothing else was typed. A word or phrase of a synonym group counts as one word, found by any of its alternatives.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from search.analysis import OPERATORS, STOP_WORDS, Word, prepared, tokens, words_of
from search.queries import MAX_TEXT
from search.synonyms import SynonymTable, stored_synonyms

MAX_WORDS = 32
ALL_UP_TO = 2
AT_LEAST = 2
MAX_WEIGHT = 5

Item = TypeVar("Item")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PLAIN_SIGNS = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
_STRICT = re.compile(r"""(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)"|(?<!\S)-(?P<word>[^\W_][^\s"]*)""")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that all must stand in a document, side by side in this order where `adjacent`.

    Words are as search.analysis makes them (folded, lower case), not stemmed.
    """

    words: tuple[str, ...]
    adjacent: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What counts as one word of the query: found when any alternative is found. The first is what was typed.

    `weight` is how often it was typed: who repeats a word means it, and long questions are ranked better by it.
    """

    alternatives: tuple[Alternative, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as engines match it.

    At least `required` of `units` must be found, all `phrases`, none of `excluded`. `title_key` is the whole text as
    analysed: an entry whose `title_key` equals it stands first under relevance ("" where it cannot be a title).
    """

    text: str = ""
    units: tuple[Unit, ...] = ()
    required: int = 0
    phrases: tuple[Alternative, ...] = ()
    excluded: tuple[Alternative, ...] = ()
    title_key: str = ""
    also_meant: tuple[str, ...] = ()
    possible_meanings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing restricts the results: then engines list all documents, newest first."""
        return not (self.units or self.phrases or self.excluded)


def parse(text: str, *, own_words: bool = False) -> ParsedQuery:
    """Parses what was typed, with the stored synonyms unless `own_words`."""
    return parse_with(text, SynonymTable() if own_words else stored_synonyms())


def parse_with(text: str, synonyms: SynonymTable) -> ParsedQuery:
    """Parses what was typed, with the synonyms given. Pure."""
    clean = cleaned(text)
    strict = list(_STRICT.finditer(clean))
    phrases = [words_of(match["phrase"]) for match in strict if match["phrase"] and not match["minus"]]
    excluded = [
        words_of(match["phrase"] or match["word"] or "")
        for match in strict
        if match["minus"] or match["word"]
    ]
    runs = [list(tokens(run)) for run in _STRICT.sub("\n", clean).split("\n")]
    reading = _Reading(synonyms, shouting=_is_shouting(clean))
    for run in runs:
        reading.read(run)
    units = _counted(reading.units) or _counted(_plain(word) for run in runs for word in run if not phrases)
    units = units[:MAX_WORDS]
    return ParsedQuery(
        text=clean,
        units=units,
        required=len(units) if len(units) <= ALL_UP_TO else AT_LEAST,
        phrases=_sequences(phrases),
        excluded=_sequences(excluded),
        title_key="" if any(excluded) else prepared(clean),
        also_meant=_once(reading.also_meant),
        possible_meanings=_once(reading.choices),
        words=_once(word.folded for run in runs for word in run if not reading.is_stop(word)),
    )


def widened(parsed: ParsedQuery) -> ParsedQuery:
    """The same query, content with fewer of its words; phrases and exclusions stay strict."""
    return replace(parsed, required=min(parsed.required, 1))


def cleaned(text: str) -> str:
    """At most MAX_TEXT characters, no control characters, plain quotation marks."""
    visible = "".join(" " if unicodedata.category(char) in _INVISIBLE else char for char in text[:MAX_TEXT])
    return " ".join(visible.translate(_PLAIN_SIGNS).split())


class _Reading:
    """Collects the units of a query, run by run; a run is what stands between two strict parts."""

    def __init__(self, synonyms: SynonymTable, *, shouting: bool) -> None:
        self.synonyms = synonyms
        self.shouting = shouting
        self.units: list[Unit] = []
        self.also_meant: list[str] = []
        self.choices: list[str] = []

    def read(self, run: Sequence[Word]) -> None:
        position = 0
        while position < len(run):
            match = self.synonyms.match(run, position)
            length = match.length if match else 1
            span = run[position : position + length]
            if match and match.also:
                self._add_group(span, match.also)
            else:
                self.units.extend(_plain(word) for word in span if not self.is_stop(word))
            self.choices.extend(match.choices if match else ())
            position += length

    def is_stop(self, word: Word) -> bool:
        """Whether a word says nothing. In capitals it may be a name (IT, WHO), but not where everything is."""
        if word.folded not in STOP_WORDS:
            return False
        meant = len(word.typed) > 1 and word.typed.isupper() and word.typed not in OPERATORS
        return not meant or self.shouting

    def _add_group(self, span: Sequence[Word], also: Sequence[str]) -> None:
        typed = tuple(word.folded for word in span if not self.is_stop(word))
        others = [Alternative(tuple(words_of(term)), adjacent=True) for term in also]
        first = [Alternative(typed)] if typed else []
        self.units.append(Unit((*first, *(other for other in others if other.words))))
        self.also_meant.extend(also)


def _plain(word: Word) -> Unit:
    return Unit((Alternative((word.folded,)),))


def _counted(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(replace(unit, weight=min(times, MAX_WEIGHT)) for unit, times in Counter(units).items())


def _sequences(phrases: Iterable[Sequence[str]]) -> tuple[Alternative, ...]:
    return _once(Alternative(tuple(words), adjacent=len(words) > 1) for words in phrases if words)[:MAX_WORDS]


def _is_shouting(text: str) -> bool:
    return text.isupper() and " " in text


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(items))
