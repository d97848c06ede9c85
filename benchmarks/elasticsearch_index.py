"""An index of a benchmark's own in Elasticsearch, described, written and searched as the portal's are."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.test.utils import override_settings

from search.documents import Document, DocumentSpec, specs
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import background_client
from search.indices import (
    LOADING_SETTINGS,
    SERVING_SETTINGS,
    description,
    new_index_name,
    read_alias,
    source_of,
    write_alias,
)
from search.models import IndexEntry
from search.services.index_writes import Outcome, Write, write_all

PATIENCE_SECONDS = 60.0


def spec_of(kind: str) -> DocumentSpec:
    """A kind that only the index knows: it has no objects to be read again."""
    return DocumentSpec(
        kind=kind,
        label=kind,
        label_plural=kind,
        icon="file-text",
        model=IndexEntry,
        queryset=IndexEntry.objects.none,
        to_document=lambda row: row,
        visible_to=lambda rows, _reader: rows,
        for_hits=lambda rows: rows,
        hit_template="search/hit.html",
    )


@contextmanager
def only_kind(kind: str) -> Iterator[DocumentSpec]:
    """The portal's own kinds step aside."""
    portal = {spec.kind: spec for spec in specs}
    for name in portal:
        specs.unregister(name)
    yield specs.register(kind, spec_of(kind))
    specs.unregister(kind)
    for name, spec in portal.items():
        specs.register(name, spec)


@contextmanager
def searchable(kind: str, documents: Iterable[Document]) -> Iterator[ElasticsearchEngine]:
    """The documents in an index of their own, deleted afterwards."""
    prefix = f"benchmark-{uuid4().hex[:12]}"
    with (
        override_settings(SEARCH_INDEX_PREFIX=prefix, SEARCH_TIMEOUT_SECONDS=PATIENCE_SECONDS),
        only_kind(kind) as spec,
    ):
        client = background_client()
        name = new_index_name(kind)
        wanted = description(spec)
        aliases: dict[str, dict[str, str]] = {read_alias(kind): {}, write_alias(kind): {}}
        settings = wanted["settings"] | LOADING_SETTINGS
        client.indices.create(index=name, settings=settings, mappings=wanted["mappings"], aliases=aliases)
        try:
            writes = (Write(write_alias(kind), each.key, each.version, source_of(each)) for each in documents)
            if refused := [
                result for result in write_all(client, writes) if result.outcome is not Outcome.DONE
            ]:
                raise RuntimeError(f"{len(refused)} documents were not taken, the first: {refused[0].error}")
            client.indices.put_settings(index=name, settings=dict(SERVING_SETTINGS))
            client.indices.refresh(index=name)
            yield ElasticsearchEngine()
        finally:
            client.indices.delete(index=name)
