"""The place where an upper room gives the words of letters that facilitators edit; mentoring knows the values only.

A writer gets the key of the letter, words by placeholder, and path and words of links by placeholder. Without a writer
a mail has the line of its notice and nothing else.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from core.registries import Registry
from notifications.data import Paragraphs
from people.models import User

Links = Mapping[str, tuple[str, str]]
LetterWriter = Callable[[str, Mapping[str, str], Links], Paragraphs]

letter_writers: Registry[LetterWriter] = Registry("Writers of letters")

LetterTurn = Callable[[User, str, datetime], bool]

letter_turns: Registry[LetterTurn] = Registry("Turns of letters")
"""Who keeps count of what a person is mailed: says by its key whether a letter may go now, and then has counted it."""


def may_go(person: User, key: str, now: datetime) -> bool:
    """Whether a letter that can wait may go to a person now. A key has its turn once."""
    return all(turn(person, key, now) for turn in letter_turns)


def written(key: str, values: Mapping[str, str], links: Links) -> Paragraphs:
    """The letter by the first writer; nothing where there is none."""
    return next((writer(key, values, links) for writer in letter_writers), ())
