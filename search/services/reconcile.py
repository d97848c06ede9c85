"""Compares what is with what the indexes hold, and repairs through the same doors as every change.

It finds what services did not tell: raw SQL, a restored backup, a lost index. Whatever it finds is an alarm, because the
outbox should have done it; hence the numbers. Changes that are still on their way are no difference. Repairing runs
through `touch_many` and `remove`, so a narrowing found here is hidden at once like any other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from elasticsearch import Elasticsearch

from search.documents import DocumentSpec
from search.engines.elasticsearch_client import background_client
from search.indices import read_alias, write_alias
from search.models import IndexEntry, OutboxEntry
from search.services.drain import drain
from search.services.index import is_current, remove, touch_many
from search.services.lock import only_one
from search.services.rebuild import rebuild
from search.services.sides import (
    PAGE,
    Difference,
    Entry,
    contents_in_elasticsearch,
    contents_of,
    differences,
    instances,
)

TOMBSTONES_FOR = timedelta(days=1)
Report = Callable[[str], None]


@dataclass
class Numbers:
    """What was found in one index of one kind, all of it repaired."""

    kind: str
    side: str
    checked: int = 0
    missing: int = 0
    stale: int = 0
    orphan: int = 0
    purged: int = 0

    @property
    def repairs(self) -> int:
        """How many documents were wrong."""
        return self.missing + self.stale + self.orphan

    def add(self, sort: str) -> None:
        """Counts one difference by its name."""
        setattr(self, sort, getattr(self, sort) + 1)


def reconcile(spec: DocumentSpec, report: Report) -> list[Numbers]:
    """Repairs both indexes of a kind; the numbers of each."""
    with only_one(f"reconcile-{spec.kind}"):
        numbers = [reconcile_database(spec)]
        if settings.ELASTICSEARCH_URL:
            numbers.append(reconcile_elasticsearch(spec, report))
        return numbers


def reconcile_database(spec: DocumentSpec) -> Numbers:
    """The index in the database: every document compared field by field."""
    numbers = Numbers(spec.kind, "database")
    rows = instances(spec)
    last = 0
    while page := list(islice(rows, PAGE)):
        numbers.checked += len(page)
        upto = page[-1].pk
        entries = IndexEntry.objects.filter(kind=spec.kind, object_id__gt=last, object_id__lte=upto)
        stored = {entry.object_id: entry for entry in entries}
        wanted = {document.object_id: document for document in map(spec.to_document, page)}
        missing = wanted.keys() - stored.keys()
        stale = {pk for pk in wanted.keys() & stored.keys() if not is_current(stored[pk], wanted[pk])}
        _repair(spec, {"missing": missing, "stale": stale, "orphan": stored.keys() - wanted.keys()}, numbers)
        last = upto
    beyond = IndexEntry.objects.filter(kind=spec.kind, object_id__gt=last).values_list("object_id", flat=True)
    _repair(spec, {"orphan": set(beyond)}, numbers)
    return numbers


def _repair(spec: DocumentSpec, found: dict[str, set[int]], numbers: Numbers) -> None:
    """Repairs what is still wrong when looked at again: a change may have been made in between."""
    for sort, object_ids in found.items():
        for object_id in sorted(object_ids):
            with transaction.atomic():
                if not _still_wrong(spec, object_id):
                    continue
                if spec.model._base_manager.filter(pk=object_id).exists():
                    touch_many([object_id], kind=spec.kind)
                else:
                    remove(kind=spec.kind, object_id=object_id)
            numbers.add(sort)


def _still_wrong(spec: DocumentSpec, object_id: int) -> bool:
    entry = IndexEntry.objects.filter(kind=spec.kind, object_id=object_id).first()
    instance = spec.queryset().filter(pk=object_id).first()
    if instance is None or entry is None:
        return (instance is None) != (entry is None)
    return not is_current(entry, spec.to_document(instance))


def reconcile_elasticsearch(spec: DocumentSpec, report: Report) -> Numbers:
    """The index in Elasticsearch; where there is none, it is built."""
    client = background_client()
    numbers = Numbers(spec.kind, "elasticsearch")
    if not client.indices.exists_alias(name=read_alias(spec.kind)):
        report(f"{spec.kind}: no index to read; building it")
        numbers.missing = numbers.checked = rebuild(spec, report).count
        return numbers
    empty_outbox()
    client.indices.refresh(index=write_alias(spec.kind))
    found = differences(
        _counted(contents_of(spec), numbers), contents_in_elasticsearch(client, write_alias(spec.kind))
    )
    while page := list(islice(found, PAGE)):
        _mend(spec, page, numbers)
    numbers.purged = purge_tombstones(client, spec.kind)
    empty_outbox()
    return numbers


def _counted(entries: Iterable[Entry], numbers: Numbers) -> Iterator[Entry]:
    for entry in entries:
        numbers.checked += 1
        yield entry


def _mend(spec: DocumentSpec, page: list[Difference], numbers: Numbers) -> None:
    object_ids = [difference.object_id for difference in page]
    waiting = OutboxEntry.objects.filter(kind=spec.kind, object_id__in=object_ids)
    on_their_way = set(waiting.values_list("object_id", flat=True))
    for difference in page:
        if difference.object_id not in on_their_way and not _was_a_change(spec, difference):
            numbers.add(difference.sort)
            _tell_again(spec, difference)


def _was_a_change(spec: DocumentSpec, difference: Difference) -> bool:
    """Whether the object is no longer what was compared: then its own outbox row brought it."""
    instance = spec.queryset().filter(pk=difference.object_id).first()
    if instance is None or difference.truth is None:
        return (instance is None) != (difference.truth is None)
    return bool(spec.to_document(instance).version != difference.truth.version)


def _tell_again(spec: DocumentSpec, difference: Difference) -> None:
    """Writes the object again, above every version an index has seen (a restored database is behind them)."""
    seen = difference.index.version if difference.index else 0
    with transaction.atomic():
        rows = spec.model._base_manager.filter(pk=difference.object_id)
        if not rows.exists():
            remove(kind=spec.kind, object_id=difference.object_id, version=seen)
            return
        rows.filter(search_version__lt=seen).update(search_version=seen)
        touch_many([difference.object_id], kind=spec.kind, narrowing=difference.sort != "missing")


def empty_outbox() -> None:
    """Brings everything that is due; stops where nothing moves."""
    while drain():
        continue


def purge_tombstones(client: Elasticsearch, kind: str) -> int:
    """Deletes tombstones that no late write can pass any more."""
    before = (datetime.now(UTC) - TOMBSTONES_FOR).isoformat()
    old = {"bool": {"filter": [{"term": {"visible": False}}, {"range": {"deleted_at": {"lt": before}}}]}}
    answer = client.delete_by_query(index=write_alias(kind), query=old, conflicts="proceed", refresh=True)
    return int(answer["deleted"])
