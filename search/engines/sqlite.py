"""Full text on SQLite: FTS5 tables with Porter stemming and bm25 (migration 0002)."""

from collections.abc import Sequence

from django.db import connection

from search.engines.boolean import Syntax
from search.engines.dialects import Sql
from search.parsing import Alternative, ParsedQuery
from search.ranking import TEXT_WEIGHT, TITLE_WEIGHT

_IN_FULL_TEXT = "e.id {negation}IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)"


def _write(alternative: Alternative) -> str:
    """Words are letters and digits only (search.analysis), so quoting them is safe."""
    if alternative.adjacent:
        return f'"{" ".join(alternative.words)}"'
    words = [f'"{word}"' for word in alternative.words]
    return f"({' AND '.join(words)})" if len(words) > 1 else "".join(words)


SYNTAX = Syntax(_write, and_="AND", or_="OR")


class SqliteDialect:
    """FTS5."""

    def write(self, rows: Sequence[tuple[int, str, str]]) -> None:
        """Replaces the rows of both tables."""
        self.erase([pk for pk, _title, _text in rows])
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_fts (rowid, title, text) VALUES (%s, %s, %s)", rows)
            titles = [(pk, title) for pk, title, _text in rows]
            cursor.executemany("INSERT INTO search_titles (rowid, title) VALUES (%s, %s)", titles)

    def erase(self, pks: Sequence[int]) -> None:
        """Deletes the rows of both tables."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_fts WHERE rowid = %s", [(pk,) for pk in pks])
            cursor.executemany("DELETE FROM search_titles WHERE rowid = %s", [(pk,) for pk in pks])

    def matches(self, parsed: ParsedQuery) -> Sql:
        """One look-up for the rule, one for what is excluded: FTS5 knows no query that only excludes."""
        found = [_IN_FULL_TEXT.format(negation="")] if SYNTAX.rule(parsed) else []
        barred = [_IN_FULL_TEXT.format(negation="NOT ")] if parsed.excluded else []
        params = [SYNTAX.rule(parsed)] if found else []
        params += [SYNTAX.any_of(SYNTAX.phrases(parsed.excluded))] if barred else []
        return Sql(" AND ".join(found + barred) or "1 = 1", tuple(params))

    def ranked(self, parsed: ParsedQuery) -> tuple[Sql, Sql]:
        """bm25 over any word of the query; the match rule is a condition beside it, so that every word counts once.

        CROSS JOIN fixes the order of the loops: the full-text table leads.
        """
        anything = SYNTAX.anything(parsed)
        if not anything:
            condition = self.matches(parsed)
            return Sql(f"search_indexentry e WHERE {condition.text}", condition.params), Sql("0.0")
        condition = self.matches(parsed)
        source = f"""search_fts CROSS JOIN search_indexentry e ON e.id = search_fts.rowid
            WHERE search_fts MATCH %s AND {condition.text}"""
        score = f"-bm25(search_fts, {TITLE_WEIGHT}, {TEXT_WEIGHT})"
        return Sql(source, (anything, *condition.params)), Sql(score)

    def title_begins(self, words: Sequence[str]) -> Sql:
        """FTS5 prefix match in the table of unstemmed titles."""
        *whole, last = words
        expression = " AND ".join([*(f'"{word}"' for word in whole), f'"{last}" *'])
        return Sql("e.id IN (SELECT rowid FROM search_titles WHERE search_titles MATCH %s)", (expression,))
