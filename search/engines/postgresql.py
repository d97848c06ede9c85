"""Full text on PostgreSQL: a weighted tsvector with the Snowball stemmer and without stop words (migration 0002).

`ts_rank` knows no rarity of words. The score is therefore the sum over the words of the query of their inverse document
frequency times the rank of the one word, which saturates with its frequency as BM25 does.
"""

import math
from collections.abc import Sequence

from django.db import connection

from search.engines.boolean import Syntax
from search.engines.dialects import Sql
from search.parsing import Alternative, ParsedQuery
from search.ranking import TEXT_WEIGHT, TITLE_WEIGHT

CONFIGURATION = "commons_english"
_WEIGHTS = f"'{{0, 0, {TEXT_WEIGHT / TITLE_WEIGHT}, 1}}'"
_BY_LENGTH = 1
_QUERY = f"to_tsquery('{CONFIGURATION}', %s)"


def _write(alternative: Alternative) -> str:
    """Words are letters and digits only (search.analysis), so quoting them is safe."""
    words = [f"'{word}'" for word in alternative.words]
    joint = " <-> " if alternative.adjacent else " & "
    return f"({joint.join(words)})" if len(words) > 1 else "".join(words)


SYNTAX = Syntax(_write, and_="&", or_="|")


class PostgresqlDialect:
    """tsvector and GIN."""

    def write(self, rows: Sequence[tuple[int, str, str]]) -> None:
        """Fills the vector of entries."""
        statement = f"""UPDATE search_indexentry SET vector =
            setweight(to_tsvector('{CONFIGURATION}', %s), 'A') || setweight(to_tsvector('{CONFIGURATION}', %s), 'B')
            WHERE id = %s"""
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(title, text, pk) for pk, title, text in rows])

    def erase(self, pks: Sequence[int]) -> None:
        """The vector goes with its entry."""

    def matches(self, parsed: ParsedQuery) -> Sql:
        """One tsquery for the rule and what is excluded."""
        rule = SYNTAX.rule(parsed)
        barred = SYNTAX.any_of(SYNTAX.phrases(parsed.excluded))
        expression = SYNTAX.all_of([rule, f"!({barred})" if barred else ""])
        return Sql(f"e.vector @@ {_QUERY}", (expression,)) if expression else Sql("true")

    def ranked(self, parsed: ParsedQuery) -> tuple[Sql, Sql]:
        """The entries that match, and the sum over the words of rarity times rank."""
        condition = self.matches(parsed)
        source = Sql(f"search_indexentry e WHERE {condition.text}", condition.params)
        parts = [*map(SYNTAX.unit, parsed.units), *SYNTAX.phrases(parsed.phrases)]
        weights = [*(unit.weight for unit in parsed.units), *(1 for _ in parsed.phrases)]
        if not parts:
            return source, Sql("0.0")
        rank = f"%s * ts_rank({_WEIGHTS}, e.vector, {_QUERY}, {_BY_LENGTH})"
        factors = [weight * rarity for weight, rarity in zip(weights, _rarities(parts), strict=True)]
        pairs = zip(factors, parts, strict=True)
        return source, Sql(" + ".join([rank] * len(parts)), tuple(value for pair in pairs for value in pair))

    def title_begins(self, words: Sequence[str]) -> Sql:
        """Prefix match over the normalised title."""
        *whole, last = words
        expression = " & ".join([*(f"'{word}'" for word in whole), f"'{last}':*"])
        return Sql("to_tsvector('simple', e.title_key) @@ to_tsquery('simple', %s)", (expression,))


def _rarities(parts: Sequence[str]) -> list[float]:
    """BM25's inverse document frequency of each part, over the whole index as in the other engines."""
    count = f"(SELECT count(*) FROM search_indexentry WHERE vector @@ {_QUERY})"
    columns = ", ".join([count] * len(parts))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT count(*) FROM search_indexentry), {columns}", list(parts))
        total, *frequencies = cursor.fetchone()
    return [math.log(1 + (total - found + 0.5) / (found + 0.5)) for found in frequencies]
