"""From what a reader typed to what the engines match. Never raises, whatever was typed.

Match rule: one or two words need all of them, more words at least two; phrases in quotation marks and excluded words
(`-word`, `-"a phrase"`) are strict. Stop words do not count, except inside phrases, in capitals (IT, WHO) and where
nothing else was typed. A word or phrase of a synonym group counts as one word, found by any of its alternatives.
"""

from dataclasses import dataclass, field

MAX_WORDS = 32


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that all must stand in a document, side by side in this order where `adjacent`.

    Words are as search.analysis makes them (folded, lower case), not stemmed.
    """

    words: tuple[str, ...]
    adjacent: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What counts as one word of the query: found when any alternative is found. The first is what was typed."""

    alternatives: tuple[Alternative, ...]


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
    words: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether nothing restricts the results: then engines list all documents, newest first."""
        return not (self.units or self.phrases or self.excluded)


def parse(text: str, *, own_words: bool = False) -> ParsedQuery:
    """Parses what was typed, with the stored synonyms unless `own_words`."""
    raise NotImplementedError
