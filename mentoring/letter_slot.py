"""The place where an upper room gives the words of letters that facilitators edit; mentoring knows the values only.

A writer gets the key of the letter, words by placeholder, and path and words of links by placeholder. Without a writer
a mail has the line of its notice and nothing else.
"""

from collections.abc import Callable, Mapping

from core.registries import Registry
from notifications.data import Paragraphs

Links = Mapping[str, tuple[str, str]]
LetterWriter = Callable[[str, Mapping[str, str], Links], Paragraphs]

letter_writers: Registry[LetterWriter] = Registry("Writers of letters")


def written(key: str, values: Mapping[str, str], links: Links) -> Paragraphs:
    """The letter by the first writer; nothing where there is none."""
    return next((writer(key, values, links) for writer in letter_writers), ())
