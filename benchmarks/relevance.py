"""Measures the ranking on judged collections, through the portal's own parser and engines, the synonym table empty.

    python -m benchmarks.relevance [database|elasticsearch ...]

Prints one line an engine and set. The documents go into a scratch database (the test database of DATABASE_URL) and, for
Elasticsearch, into indexes of their own; both are removed afterwards.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from benchmarks.elasticsearch_index import searchable
from benchmarks.measures import average_precision, ndcg
from benchmarks.test_sets import KIND, Collection, cacm, nasa, nasa_all
from core.audiences import COMMUNITY
from search.documents import Document
from search.engines.base import Engine
from search.engines.database import DatabaseEngine
from search.engines.dialects import dialect
from search.models import IndexEntry
from search.parsing import parse_with
from search.queries import PAGE_SIZE, SearchQuery
from search.services.index import write_documents
from search.synonyms import SynonymTable

DEPTH = 1000
HIT_DEPTH = 10
READER = frozenset({COMMUNITY})


def documents(collection: Collection) -> list[Document]:
    """The texts as documents; the number of a text is its object id."""
    return [
        Document(KIND, number, 1, text.title, text.body, COMMUNITY)
        for number, text in enumerate(collection.texts, 1)
    ]


def ranking(engine: Engine, collection: Collection, text: str, depth: int) -> list[str]:
    """The keys an engine finds for a query, best first."""
    parsed = parse_with(text, SynonymTable())
    keys: list[str] = []
    for page in range(1, depth // PAGE_SIZE + 2):
        found = engine.search(SearchQuery(text=text, page=page), READER, parsed=parsed).hits
        keys += [collection.texts[hit.object_id - 1].key for hit in found]
        if len(found) < PAGE_SIZE or len(keys) >= depth:
            break
    return keys[:depth]


def measure_judged(engine: Engine, collection: Collection) -> str:
    """Mean average precision and nDCG@10."""
    pairs = [
        (ranking(engine, collection, text, DEPTH), collection.relevant[query])
        for query, text in collection.queries.items()
    ]
    precision = sum(average_precision(found, relevant) for found, relevant in pairs) / len(pairs)
    gain = sum(ndcg(found, relevant) for found, relevant in pairs) / len(pairs)
    return f"queries={len(pairs)} map={precision:.4f} ndcg10={gain:.4f}"


def measure_known(engine: Engine, collection: Collection) -> str:
    """How often the one right document is among the first ten."""
    found = [
        query in ranking(engine, collection, text, HIT_DEPTH) for query, text in collection.queries.items()
    ]
    return f"queries={len(found)} hit10={sum(found) / len(found):.4f}"


@contextmanager
def filled(collection: Collection) -> Iterator[None]:
    """The collection in the index of the database."""
    write_documents(documents(collection))
    yield
    dialect().erase(list(IndexEntry.objects.values_list("pk", flat=True)))
    IndexEntry.objects.all().delete()


@contextmanager
def database(_collection: Collection) -> Iterator[Engine]:
    """The database engine; its index is filled already."""
    yield DatabaseEngine()


@contextmanager
def elasticsearch(collection: Collection) -> Iterator[Engine]:
    """The engine on Elasticsearch, with the collection in an index of its own."""
    with searchable(KIND, documents(collection)) as engine:
        yield engine


ENGINES = {"database": database, "elasticsearch": elasticsearch}


def main(names: list[str]) -> int:
    """Measures every engine named, or all that are there."""
    chosen = names or ["database", *(["elasticsearch"] if settings.ELASTICSEARCH_URL else [])]
    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        for measure, collection in (
            (measure_judged, cacm(settings.SHARED_DATA_DIR)),
            (measure_known, nasa(settings.SHARED_DATA_DIR)),
            (measure_known, nasa_all(settings.SHARED_DATA_DIR)),
        ):
            with filled(collection):
                for name in chosen:
                    with ENGINES[name](collection) as engine:
                        label = connection.vendor if name == "database" else name
                        print(
                            f"relevance engine={label} set={collection.name} {measure(engine, collection)}",
                            flush=True,
                        )
    finally:
        teardown_databases(scratch, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
