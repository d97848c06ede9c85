"""Opens pages in tests and counts what they ask of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 16  # fifteen of the page, and the bell


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
