"""Opens pages in tests and counts what they ask of the database."""

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 16  # fifteen of the page, and the bell


def most_queries_of_detail() -> int:
    """With what finding similar lessons costs more than on SQLite: PostgreSQL counts how rare the words are, and before
    Elasticsearch is asked the database says what was narrowed meanwhile, and afterwards whether hits still stand."""
    return MOST_QUERIES + (connection.vendor == "postgresql") + bool(settings.ELASTICSEARCH_URL)


def page(client: Client, address: str) -> str:
    """The page behind an address."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def queries(client: Client, address: str) -> int:
    """How many queries a page takes once caches are warm."""
    page(client, address)
    with CaptureQueriesContext(connection) as found:
        page(client, address)
    return len(found)
