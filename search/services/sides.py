"""Both sides of the index in one order, so that they can be compared row by row in flat memory.

A side is a stream of `Entry` sorted by object id: from the portal's tables, as they are now, or from Elasticsearch, at a
point in time. `differences` merges two of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from elasticsearch import Elasticsearch

from search.documents import Document, DocumentSpec
from search.indices import source_of

PAGE = 500
INDEX_PAGE = 5000
KEEP_OPEN = "2m"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as one side knows it; `digest` is over all it holds."""

    object_id: int
    version: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """An object on which the sides disagree; None where a side does not know it."""

    object_id: int
    truth: Entry | None
    index: Entry | None

    @property
    def sort(self) -> str:
        """What is wrong with the index."""
        if self.truth is None:
            return "orphan"
        return "missing" if self.index is None else "stale"


def instances(spec: DocumentSpec, *, page: int = PAGE) -> Iterator[Model]:
    """All objects that belong into the index, page by page."""
    last = 0
    while rows := list(spec.queryset().filter(pk__gt=last).order_by("pk")[:page]):
        yield from rows
        last = rows[-1].pk


def documents(spec: DocumentSpec) -> Iterator[Document]:
    """All documents of a kind, as they are now."""
    return (spec.to_document(instance) for instance in instances(spec))


def contents_of(spec: DocumentSpec) -> Iterator[Entry]:
    """What the index should hold, to the last word."""
    for document in documents(spec):
        yield Entry(document.object_id, document.version, source_of(document)["digest"])


def versions_of(spec: DocumentSpec) -> Iterator[Entry]:
    """What the index should hold, ids and versions only: cheap."""
    rows = spec.queryset().select_related(None).prefetch_related(None).order_by("pk")
    last = 0
    while page := list(rows.filter(pk__gt=last).values_list("pk", "search_version")[:INDEX_PAGE]):
        for object_id, version in page:
            yield Entry(object_id, version)
        last = page[-1][0]


def contents_in_elasticsearch(client: Elasticsearch, index: str) -> Iterator[Entry]:
    """What an index holds, without tombstones."""
    point = client.open_point_in_time(index=index, keep_alive=KEEP_OPEN)["id"]
    after: list[Any] | None = None
    try:
        while True:
            answer = client.search(
                pit={"id": point, "keep_alive": KEEP_OPEN},
                query={"term": {"visible": True}},
                sort=[{"object_id": "asc"}],
                docvalue_fields=[{"field": "version"}, {"field": "digest"}],
                source=False,
                track_total_hits=False,
                size=INDEX_PAGE,
                search_after=after,
            )
            found = answer["hits"]["hits"]
            for hit in found:
                fields = hit["fields"]
                yield Entry(int(hit["sort"][0]), int(fields["version"][0]), str(fields["digest"][0]))
            if len(found) < INDEX_PAGE:
                return
            after = found[-1]["sort"]
    finally:
        client.close_point_in_time(id=point)


def versions_in_elasticsearch(client: Elasticsearch, index: str) -> Iterator[Entry]:
    """What an index holds, ids and versions only."""
    return (replace(entry, digest="") for entry in contents_in_elasticsearch(client, index))


def differences(truth: Iterable[Entry], index: Iterable[Entry]) -> Iterator[Difference]:
    """Where two sorted sides disagree."""
    left, right = iter(truth), iter(index)
    wanted, there = next(left, None), next(right, None)
    while wanted or there:
        if there is None or (wanted and wanted.object_id < there.object_id):
            assert wanted is not None
            yield Difference(wanted.object_id, wanted, None)
            wanted = next(left, None)
        elif wanted is None or there.object_id < wanted.object_id:
            yield Difference(there.object_id, None, there)
            there = next(right, None)
        else:
            if wanted != there:
                yield Difference(wanted.object_id, wanted, there)
            wanted, there = next(left, None), next(right, None)
