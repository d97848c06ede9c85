"""What differs between the databases: how full text is written, matched and ranked. The rest is plain SQL (database.py)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from search.parsing import ParsedQuery


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL over the entry table `e`, with its parameters. Readers' words are always parameters."""

    text: str
    params: tuple[object, ...] = ()


class Dialect(Protocol):
    """Full text in one database."""

    def write(self, rows: Sequence[tuple[int, str, str]]) -> None:
        """Replaces the full text of entries: pk, prepared title, prepared text."""
        ...

    def erase(self, pks: Sequence[int]) -> None:
        """Takes the full text of entries out, before the entries themselves."""
        ...

    def matches(self, parsed: ParsedQuery) -> Sql:
        """The condition that an entry `e` fulfils the query by the match rule."""
        ...

    def ranked(self, parsed: ParsedQuery) -> tuple[Sql, Sql]:
        """What to select from (`e` among it, only entries that match), and the expression of the score."""
        ...

    def title_begins(self, words: Sequence[str]) -> Sql:
        """The condition that the title of `e` holds all words, the last one as the beginning of a word."""
        ...


def dialect() -> Dialect:
    """The dialect of the database in use; raises `KeyError` for one this portal does not support."""
    from search.engines.postgresql import PostgresqlDialect
    from search.engines.sqlite import SqliteDialect

    known: dict[str, type[Dialect]] = {"sqlite": SqliteDialect, "postgresql": PostgresqlDialect}
    return known[connection.vendor]()
