"""What the indexes and the outbox look like now, as plain values for the command and the operators' page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from elasticsearch import Elasticsearch

from search.documents import DocumentSpec
from search.engines.elasticsearch_client import background_client
from search.indices import all_generations, fingerprint, read_alias, write_alias
from search.models import IndexEntry, OutboxEntry


@dataclass(frozen=True, slots=True)
class IndexState:
    """One kind in Elasticsearch. `searched` is empty where no index is ready for readers."""

    searched: str
    generations: Sequence[str]
    documents: int
    tombstones: int
    current: bool


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What waits. `oldest_seconds` is the lag of the index."""

    waiting: int
    narrowings: int
    parked: int
    oldest_seconds: float


def in_database(kind: str) -> int:
    """How many entries the index in the database holds."""
    return IndexEntry.objects.filter(kind=kind).count()


def index_state(spec: DocumentSpec) -> IndexState:
    """One kind's index in Elasticsearch."""
    client = background_client()
    found: Mapping[str, Any] = client.indices.get(
        index=all_generations(spec.kind), allow_no_indices=True
    ).body
    searched = next((name for name, index in found.items() if read_alias(spec.kind) in index["aliases"]), "")
    written = next((name for name, index in found.items() if write_alias(spec.kind) in index["aliases"]), "")
    described = found.get(searched or written, {}).get("mappings", {}).get("_meta", {}).get("fingerprint")
    return IndexState(
        searched=searched,
        generations=sorted(found),
        documents=_count(client, written, visible=True),
        tombstones=_count(client, written, visible=False),
        current=described == fingerprint(spec),
    )


def _count(client: Elasticsearch, index: str, *, visible: bool) -> int:
    return int(client.count(index=index, query={"term": {"visible": visible}})["count"]) if index else 0


def outbox_state() -> OutboxState:
    """The outbox as a whole."""
    rows = OutboxEntry.objects.order_by("created")
    oldest = rows.filter(parked=False).values_list("created", flat=True).first()
    return OutboxState(
        waiting=rows.filter(parked=False).count(),
        narrowings=rows.filter(narrowing=True).count(),
        parked=rows.filter(parked=True).count(),
        oldest_seconds=(timezone.now() - oldest).total_seconds() if oldest else 0.0,
    )


def parked_rows() -> list[OutboxEntry]:
    """Changes that were tried too often, oldest first."""
    return list(OutboxEntry.objects.filter(parked=True))


def release_parked() -> int:
    """Lets parked changes be tried again; how many."""
    return OutboxEntry.objects.filter(parked=True).update(parked=False, attempts=0, next_at=timezone.now())
