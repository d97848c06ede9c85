"""The Porter2 (Snowball English) stemmer, for marking inflections in plain text.

The engines stem on their own; this one only decides which words are marked, the same on every engine. It follows
https://snowballstem.org/algorithms/english/stemmer.html and refuses anything but lower-case words (as analysis folds them).
"""

import re
from functools import lru_cache

_VOWELS = "aeiouy"
_DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_LI_BEFORE = "cdeghkmnrt"
_SPECIAL = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
    **{word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")},
}
_AFTER_1A = frozenset({"inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"})
_STEP_2 = (
    ("ization", "ize"), ("ational", "ate"), ("ousness", "ous"), ("iveness", "ive"), ("fulness", "ful"),
    ("tional", "tion"), ("lessli", "less"), ("biliti", "ble"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"),
    ("aliti", "al"), ("fulli", "ful"), ("ousli", "ous"), ("iviti", "ive"), ("enci", "ence"), ("anci", "ance"),
    ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
)  # fmt: skip
_STEP_3 = (
    ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""),
    ("ical", "ic"), ("ness", ""), ("ful", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
    "al", "er", "ic",
)  # fmt: skip
_REGION = re.compile(r"[aeiouy][^aeiouy]")
_SHORT_SYLLABLE = re.compile(r"(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$")
_HAS_VOWEL = re.compile(r"[aeiouy]")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word; words that are not plain letters of English are their own stem."""
    if word in _SPECIAL:
        return _SPECIAL[word]
    if len(word) <= 2 or not word.isascii():
        return word
    word = _mark_consonant_y(word)
    r1 = _first_region(word)
    r2 = _region_after(word, r1)
    word = _step_1a(word)
    if word in _AFTER_1A:
        return word
    word = _step_1c(_step_1b(word, r1))
    word = _step_3(_step_2(word, r1), r1, r2)
    return _step_5(_step_4(word, r2), r1, r2).replace("Y", "y")


def _mark_consonant_y(word: str) -> str:
    return re.sub(r"^y|(?<=[aeiouy])y", "Y", word)


def _region_after(word: str, start: int) -> int:
    match = _REGION.search(word, start)
    return match.end() if match else len(word)


def _first_region(word: str) -> int:
    for prefix in ("gener", "commun", "arsen"):
        if word.startswith(prefix):
            return len(prefix)
    return _region_after(word, 0)


def _is_short(word: str, r1: int) -> bool:
    return r1 >= len(word) and bool(_SHORT_SYLLABLE.search(word))


def _step_1a(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith(("us", "ss")):
        return word
    if word.endswith("s") and _HAS_VOWEL.search(word[:-2]):
        return word[:-1]
    return word


def _step_1b(word: str, r1: int) -> str:
    for ending in ("eedly", "eed"):
        if word.endswith(ending):
            return f"{word[: -len(ending)]}ee" if len(word) - len(ending) >= r1 else word
    for ending in ("ingly", "edly", "ing", "ed"):
        if word.endswith(ending):
            base = word[: -len(ending)]
            return _mended(base, r1) if _HAS_VOWEL.search(base) else word
    return word


def _mended(base: str, r1: int) -> str:
    if base.endswith(("at", "bl", "iz")):
        return f"{base}e"
    if base.endswith(_DOUBLES):
        return base[:-1]
    return f"{base}e" if _is_short(base, r1) else base


def _step_1c(word: str) -> str:
    if len(word) > 2 and word[-1] in "yY" and word[-2] not in _VOWELS:
        return f"{word[:-1]}i"
    return word


def _step_2(word: str, r1: int) -> str:
    for ending, replacement in _STEP_2:
        if not word.endswith(ending):
            continue
        base = word[: -len(ending)]
        allowed = len(base) >= r1
        if ending == "ogi":
            allowed = allowed and base.endswith("l")
        if ending == "li":
            allowed = allowed and base[-1:] in tuple(_LI_BEFORE)
        return base + replacement if allowed else word
    return word


def _step_3(word: str, r1: int, r2: int) -> str:
    for ending, replacement in _STEP_3:
        if word.endswith(ending):
            start = len(word) - len(ending)
            allowed = start >= (r2 if ending == "ative" else r1)
            return word[:start] + replacement if allowed else word
    return word


def _step_4(word: str, r2: int) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            base = word[: -len(ending)]
            allowed = len(base) >= r2 and (ending != "ion" or base.endswith(("s", "t")))
            return base if allowed else word
    return word


def _step_5(word: str, r1: int, r2: int) -> str:
    base = word[:-1]
    if word.endswith("e"):
        droppable = len(base) >= r2 or (len(base) >= r1 and not _SHORT_SYLLABLE.search(base))
        return base if droppable else word
    if word.endswith("ll") and len(base) >= r2:
        return base
    return word
