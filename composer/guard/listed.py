"""The guarded names, laid out for finding them in one pass over the words of a text."""

from collections.abc import Sequence

from composer.guard.known import words_of
from composer.models import GuardedName

MAX_WORDS = 8


class ListedNames:
    """Names by their first word. Made for one check, so that a facilitator's change counts at once."""

    def __init__(self, names: Sequence[str]) -> None:
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(words_of(name))[:MAX_WORDS]
            if words:
                self._by_first.setdefault(words[0], set()).add(words)

    @classmethod
    def from_database(cls) -> "ListedNames":
        """All names that facilitators keep."""
        return cls(list(GuardedName.objects.values_list("name", flat=True)))

    def length_at(self, words: Sequence[str], place: int) -> int:
        """How many words from `place` on are a listed name, the longest one; 0 where none begins there."""
        candidates = self._by_first.get(words[place], ())
        fitting = (len(name) for name in candidates if tuple(words[place : place + len(name)]) == name)
        return max(fitting, default=0)
