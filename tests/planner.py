"""What a database knows of its own size, for tests that grow a table by thousands of rows."""

from django.db import connection


def measure_tables() -> None:
    """Tells the database how large its tables have become, as PostgreSQL's own measuring does minutes after an import.

    Rows of a transaction that is still open are measured by nobody else, and plans for a few rows take minutes on
    thousands.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
