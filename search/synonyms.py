"""Synonyms at query time: which words of a query mean more than they say.

Whole words and phrases only, longest first, plurals included. Forms of one or two letters count only in capitals (AM,
not "I am"). An ambiguous form is never expanded: it gives meanings to choose from. Edits count at once, in every
process: the table is kept until the stored groups change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max

from search.analysis import Word, singular, words_of
from search.models import SynonymGroup

SHORT = 2
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a form of a group stands for: other terms that are also searched, or meanings to choose from."""

    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SynonymMatch:
    """A form found in a query: how many words it spans and what it means."""

    length: int
    also: tuple[str, ...]
    choices: tuple[str, ...]


@dataclass
class SynonymTable:
    """All forms of all groups, ready to be looked up."""

    meanings: dict[Key, list[Meaning]] = field(default_factory=dict)
    longest: int = 0

    def add(self, terms: Sequence[str], means: Sequence[str], ambiguous: dict[str, str | None]) -> None:
        """Adds a group."""
        doubtful = {key_of(form): other for form, other in ambiguous.items()}
        sound = [term for term in terms if key_of(term) not in doubtful]
        for term in terms:
            key = key_of(term)
            if not key:
                continue
            others = tuple(other for other in sound if key_of(other) != key)
            meaning = (
                Meaning(choices=_choices(others, doubtful[key]))
                if key in doubtful
                else Meaning(also=(*others, *means))
            )
            self.meanings.setdefault(key, []).append(meaning)
            self.longest = max(self.longest, len(key))

    def match(self, words: Sequence[Word], start: int) -> SynonymMatch | None:
        """The longest form that begins at a word."""
        for length in range(min(self.longest, len(words) - start), 0, -1):
            span = words[start : start + length]
            found = self.meanings.get(tuple(singular(word.folded) for word in span))
            if found and not _is_only_a_short_word(span):
                return SynonymMatch(
                    length=length,
                    also=_once(term for meaning in found for term in meaning.also),
                    choices=_once(term for meaning in found for term in meaning.choices),
                )
        return None


def key_of(term: str) -> Key:
    """A form as it is compared: folded, in the singular."""
    return tuple(singular(word) for word in words_of(term))


def stored_synonyms() -> SynonymTable:
    """The groups in use, from the database when they changed, else as kept."""
    stamp = SynonymGroup.objects.aggregate(Max("changed"), Count("id"), Max("id"))
    return _table(tuple(stamp.values()))


@lru_cache(maxsize=2)
def _table(_stamp: tuple[Any, ...]) -> SynonymTable:
    table = SynonymTable()
    for terms, means, ambiguous in SynonymGroup.objects.filter(active=True).values_list(
        "terms", "means", "ambiguous"
    ):
        table.add(terms, means, ambiguous)
    return table


def _choices(others: tuple[str, ...], other_meaning: str | None) -> tuple[str, ...]:
    phrases = [term for term in others if len(words_of(term)) > 1]
    spoken = next(iter([*phrases, *others]), "")
    return tuple(choice for choice in (spoken, other_meaning) if choice)


def _is_only_a_short_word(span: Sequence[Word]) -> bool:
    return len(span) == 1 and len(span[0].folded) <= SHORT and not span[0].typed.isupper()


def _once(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
