"""Measures the speed of search on generated lessons: the service against the bare request, pages, titles, rebuilds.

    python -m benchmarks.search_speed [10000 100000 ...]

Needs ELASTICSEARCH_URL. The lessons (benchmarks/generate_lessons.py, seed 7) go into a scratch database, the test database
of DATABASE_URL, and into indexes of their own; all is removed afterwards. On a busy machine only the ratios mean much:
their two sides take turns, query by query. `service` is search.services.find.search, that is: parse, build, ask, read the
answer, ask the database again for each hit; `raw` sends the very same body with the client's own search.
"""

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from random import Random
from statistics import median
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings, setup_databases, teardown_databases

from benchmarks.generate_lessons import WORDS, store
from core.audiences import COMMUNITY
from core.services.load_vocabularies import load_vocabularies
from core.timing import measured
from people.models import User
from search.api import search, suggest
from search.documents import specs
from search.engines.elasticsearch import all_kinds, facet_names
from search.engines.elasticsearch_client import background_client, readers_client
from search.engines.elasticsearch_queries import results_body
from search.indices import LOADING_SETTINGS, description, new_index_name, source_of
from search.parsing import parse
from search.queries import SearchQuery
from search.services.index import write_documents
from search.services.index_writes import Outcome, Write, write_all
from search.services.rebuild import rebuild
from search.services.sides import documents

KIND = "lesson"
QUERIES = 60
ROUNDS = 5
RAW_DOCUMENTS = 20_000
DATABASE_UP_TO = 20_000
Work = Callable[[], object]


class Reader:
    """An employee."""

    is_authenticated = True
    is_active = True
    audience_tokens = frozenset({COMMUNITY})


def asked() -> list[str]:
    """Queries of one to four words, from the words the lessons are made of."""
    random = Random(7)
    words = [
        word
        for group in ("body", "thing", "cause", "actor")
        for phrase in WORDS[group]
        for word in phrase.split()
    ]
    return [" ".join(random.choices(words, k=1 + number % 4)) for number in range(QUERIES)]


def milliseconds(work: Work) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def share(times: Sequence[float], part: float) -> float:
    """The time that `part` of the calls stayed below."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def spread(name: str, times: Sequence[float]) -> str:
    """Median and 95th percentile."""
    return f"{name}_p50={median(times):.1f}ms {name}_p95={share(times, 0.95):.1f}ms"


def bare(text: str) -> Work:
    """The request the service makes for this text, made by the client alone."""
    query = SearchQuery(text=text)
    body = results_body(
        query,
        Reader.audience_tokens,
        parsed=parse(text),
        excluded=frozenset(),
        facet_names=facet_names(query),
    )
    client, kinds = readers_client(), all_kinds()
    return lambda: client.search(
        index=kinds, body=body, search_type="dfs_query_then_fetch", allow_partial_search_results=False
    )


def compare_service() -> str:
    """Service and bare request in turns."""
    pairs: list[tuple[Work, Work]] = [
        (partial(search, SearchQuery(text=text), Reader()), bare(text)) for text in asked()
    ]
    for service, raw in pairs:
        service()
        raw()
    ours: list[float] = []
    theirs: list[float] = []
    with measured() as tally:
        for number in range(ROUNDS):
            for service, raw in pairs:
                sides = [(service, ours), (raw, theirs)]
                for work, times in sides if number % 2 else reversed(sides):
                    times.append(milliseconds(work))
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return (
        f"{spread('service', ours)} {spread('raw', theirs)} ratio_of_medians={median(ours) / median(theirs):.2f} "
        f"median_ratio={median(ratios):.2f} requests_per_search={tally.calls / len(ours):.2f}"
    )


def measure_titles() -> str:
    """Suggestions while typing."""
    beginnings = [text[:length] for text in asked()[:20] for length in (2, 4, 6)]
    for text in beginnings:
        suggest(text, Reader())
    with measured() as tally:
        times = [milliseconds(partial(suggest, text, Reader())) for text in beginnings]
    return f"{spread('suggest', times)} requests_per_suggestion={tally.calls / len(times):.2f}"


def measure_pages(engine: str) -> str:
    """Whole pages for a person who is signed in."""
    person = User.objects.get_or_create(email="benchmark@example.com")[0]
    client = Client()
    client.force_login(person)
    client.get("/search/", {"q": "charter"})
    times: list[float] = []
    began = time.process_time()
    for text in asked():
        times.append(milliseconds(partial(client.get, "/search/", {"q": text})))
    cpu = (time.process_time() - began) * 1000 / len(times)
    return f"engine={engine} {spread('page', times)} page_cpu={cpu:.1f}ms"


@contextmanager
def indexed() -> Iterator[float]:
    """Live indexes of all kinds; gives the documents a second of the lessons' rebuild."""
    speed = 0.0
    client = background_client()
    try:
        for spec in specs:
            done = rebuild(spec, lambda _text: None)
            speed = done.count / done.seconds if spec.kind == KIND else speed
        yield speed
    finally:
        for name in client.indices.get(index=f"{settings.SEARCH_INDEX_PREFIX}-*").body:
            client.indices.delete(index=name)


def raw_bulk() -> float:
    """Documents a second when they are there already and only sent."""
    client, spec = background_client(), specs.get(KIND)
    name = new_index_name("raw")
    wanted = description(spec)
    client.indices.create(
        index=name,
        settings=wanted["settings"] | LOADING_SETTINGS,
        mappings=wanted["mappings"],
        aliases={f"{name}-alias": {}},
    )
    ready = [
        Write(f"{name}-alias", document.key, document.version, source_of(document))
        for document in islice(documents(spec), RAW_DOCUMENTS)
    ]
    began = time.perf_counter()
    failed = sum(result.outcome is not Outcome.DONE for result in write_all(client, ready))
    client.indices.refresh(index=name)
    seconds = time.perf_counter() - began
    client.indices.delete(index=name)
    if failed:
        raise RuntimeError(f"{failed} documents were not taken.")
    return len(ready) / seconds


def megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(text: str) -> None:
    """One line of figures."""
    print(text, flush=True)


def measure(count: int) -> None:
    """All figures at one size."""
    head = f"speed documents={count}"
    store(count, index=False)
    before = megabytes()
    with indexed() as rebuilt:
        grown = megabytes() - before
        sent = raw_bulk()
        say(
            f"{head} rebuild={rebuilt:.0f}docs/s raw_bulk={sent:.0f}docs/s share={rebuilt / sent:.0%} "
            f"memory_grew={grown:.0f}MB"
        )
        say(f"{head} engine=elasticsearch {compare_service()}")
        say(f"{head} engine=elasticsearch {measure_titles()}")
        say(f"{head} {measure_pages('elasticsearch')}")
    if count <= DATABASE_UP_TO:
        write_documents(documents(specs.get(KIND)))
        with override_settings(ELASTICSEARCH_URL=""):
            say(f"{head} {measure_pages('database')}")


def main(sizes: list[int]) -> int:
    """Measures each size in a scratch database of its own."""
    if not settings.ELASTICSEARCH_URL:
        sys.stderr.write("Set ELASTICSEARCH_URL; scripts/elasticsearch start gives one.\n")
        return 1
    changes: dict[str, Any] = {
        "SEARCH_INDEX_PREFIX": f"speed-{uuid4().hex[:8]}",
        "SEARCH_TIMEOUT_SECONDS": 20.0,
    }
    for size in sizes:
        scratch = setup_databases(verbosity=0, interactive=False)
        try:
            with override_settings(**changes):
                load_vocabularies(content=settings.CONTENT_DIR)
                measure(size)
        finally:
            teardown_databases(scratch, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]] or [10_000, 100_000]))
