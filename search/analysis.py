"""Words: how text becomes what engines compare, the same for the index, the query and the marks.

Order: character patterns (codes such as R&D and 50/50, possessives), then words of letters and digits, then folding to
lower-case ASCII. Stemming is left to each engine, stop words stay in the index and are dropped by the query parser.
Every pattern is linear in the length of the text and reads the same in Java, so that Elasticsearch can use the list as
`pattern_replace` character filters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# (pattern, replacement): what a tokenizer would tear apart although readers take it for one word.
CHARACTER_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"\b50 ?[/:-] ?50\b", "fiftyfifty"),
    (r"\b24/7\b", "roundtheclock"),
    (r"(?:(?<=\b[A-Za-z])|(?<=\b[A-Za-z]{2}))&(?=[A-Za-z]\b)", "n"),
    (r"[\u2019\u02bc\uff07]", "'"),
    (r"(?<=[A-Za-z0-9])'[sS](?![A-Za-z0-9])", ""),
    (r"(?<=[A-Za-z0-9])'(?=[A-Za-z0-9])", ""),
    (r"(?<=\b[Cc][Oo])-(?=[A-Za-z])", ""),
    (r"_", " "),
)
MAX_WORD = 40

# The English stop list of Snowball, as PostgreSQL and most search libraries use it.
_STOP_LIST = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its
itself they them their theirs themselves what which who whom this that these those am is are was were be been being have
has had having do does did doing a an the and but if or because as until while of at by for with about against between
into through during before after above below to from up down in out on off over under again further then once here there
when where why how all any both each few more most other some such no nor not only own same so than too very s t can will
just don should now
"""
STOP_WORDS = frozenset(_STOP_LIST.split())
OPERATORS = frozenset({"AND", "OR", "NOT"})

_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
_APOSTROPHES = "'\u2019\u02bc\uff07"
# The same as one tokenizer, because marks need the place of a word in the original text: pieces joined by apostrophes.
_PATTERNS = [(re.compile(pattern), replacement) for pattern, replacement in CHARACTER_PATTERNS]
_HALF, _CLOCK = r"\b50 ?[/:-] ?50\b", r"\b24/7\b"
_PIECE = rf"(?:{_HALF}|{_CLOCK}|\b[A-Za-z]{{1,2}}(?:&[A-Za-z]\b)+|[^\W_]+)"
_WORD = re.compile(rf"(?:\b[Cc][Oo]-(?=[A-Za-z]|{_HALF}|{_CLOCK}))*{_PIECE}(?:[{_APOSTROPHES}]{_PIECE})*")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
_IN_WORD = re.compile(rf"[-{_APOSTROPHES}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded for comparison, as it was typed, and where it stands."""

    folded: str
    typed: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    for match in _WORD.finditer(text):
        if folded := _normalised(match):
            yield Word(folded, match.group(), match.start(), match.end())


def word_at(text: str, start: int, *, search: bool = False) -> Word | None:
    """The word that begins at a place, or with `search` the next one from there."""
    match = _WORD.search(text, start) if search else _WORD.match(text, start)
    while match and not (folded := _normalised(match)):
        match = _WORD.search(text, match.end()) if search else None
    return Word(folded, match.group(), match.start(), match.end()) if match else None


def words_of(text: str) -> list[str]:
    """The folded words of a text in order."""
    return [folded for match in _WORD.finditer(text) if (folded := _normalised(match))]


def prepared(text: str) -> str:
    """A text as the full-text tables of the databases hold it: folded words between single spaces."""
    return " ".join(words_of(text))


def singular(word: str) -> str:
    """The word without a plural ending: enough to find `committees` in a synonym group, too little to confuse
    `manager` with `management`, as a stemmer would."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and len(word) > 3 and word[-2] not in "aius":
        return word[:-1]
    return word


def fold(text: str) -> str:
    """Lower-case ASCII where there is any, without accents; signs that are neither letter nor digit vanish."""
    if text.isascii():
        return text.lower()
    plain = "".join(char for char in text if unicodedata.category(char) != "No")
    decomposed = unicodedata.normalize("NFKD", plain).casefold().translate(_LIGATURES)
    return "".join(char for char in decomposed if char.isalnum())


def _normalised(match: re.Match[str]) -> str:
    typed = match.group()
    if typed.isascii() and typed.isalnum():
        return typed.lower()[:MAX_WORD]
    for pattern, replacement in _PATTERNS:
        typed = pattern.sub(replacement, typed)
    return fold(_IN_WORD.sub("", _POSSESSIVE.sub("", typed)))[:MAX_WORD]
