"""The full-text side of the index: FTS5 tables on SQLite, a text search configuration and indexes on PostgreSQL.

Both hold prepared text (search.analysis.prepared) and keep stop words, because phrases need them.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        title, text, tokenize = "porter unicode61 remove_diacritics 2"
    )""",
    """CREATE VIRTUAL TABLE search_titles USING fts5(
        title, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    )""",
)
SQLITE_BACK = ("DROP TABLE search_titles", "DROP TABLE search_fts")
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY commons_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION commons_english (COPY = pg_catalog.english)",
    """ALTER TEXT SEARCH CONFIGURATION commons_english
        ALTER MAPPING FOR asciiword, word, numword WITH commons_stem""",
    "CREATE INDEX search_entry_vector ON search_indexentry USING gin (vector)",
    "CREATE INDEX search_entry_words ON search_indexentry USING gin (to_tsvector('simple', title_key))",
)
POSTGRESQL_BACK = (
    "DROP INDEX search_entry_words",
    "DROP INDEX search_entry_vector",
    "DROP TEXT SEARCH CONFIGURATION commons_english",
    "DROP TEXT SEARCH DICTIONARY commons_stem",
)


def _run(sqlite, postgresql):
    def run(apps, schema_editor):
        for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_BACK, POSTGRESQL_BACK)),
    ]
