"""Writes the index in the database, and the outbox for Elasticsearch, in the transaction of the change.

Invariants: an index entry tells of the object as the transaction sees it; `search_version` rises with every touch, by
the database, so that concurrent changes cannot get the same one; the outbox row and the change live or die together.
It refuses nothing an object can hold: text is cut at a bound and freed of signs a database does not take.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from core.audiences import is_narrower
from search.analysis import prepared
from search.documents import Document, DocumentSpec, specs
from search.engines.dialects import dialect
from search.mixins import SearchableMixin
from search.models import IndexEntry, IndexTerm, IndexWord, OutboxEntry

BATCH = 400
MAX_TEXT = 200_000
MAX_TITLE = 500
MAX_TITLE_KEY = 300
MAX_CODE = 80
WORD_LENGTHS = range(4, 25)
ENTRY_FIELDS = (
    "version", "audience", "in_everything", "date", "reuse", "helpful", "title_key", "title", "facets", "text",
)  # fmt: skip

_waiting: ContextVar[dict[tuple[str, bool], set[int]] | None] = ContextVar("touched together", default=None)


def touch(instance: SearchableMixin, *, kind: str, narrowing: bool = False) -> None:
    """Indexes an object as it is in the database now; takes it out where it left `spec.queryset()`.

    Raises the object's `search_version` (also on `instance`), writes the index of the database and, where Elasticsearch
    is used, an outbox row. `narrowing`: somebody who could find it may no longer do so (also noticed here when the
    audience of the document narrowed).
    """
    touch_many([instance.pk], kind=kind, narrowing=narrowing)
    rows = specs.get(kind).model._base_manager.filter(pk=instance.pk)
    instance.search_version = rows.values_list("search_version", flat=True).first() or instance.search_version


def touch_many(object_ids: Iterable[int], *, kind: str, narrowing: bool = False) -> int:
    """As `touch`, for imports: in batches, with a number of statements per batch. Returns how many are indexed."""
    ids = sorted(set(object_ids))
    if (waiting := _waiting.get()) is not None:
        waiting.setdefault((kind, narrowing), set()).update(ids)
        return len(ids)
    spec = specs.get(kind)
    with transaction.atomic():
        return sum(_index_batch(spec, batch, narrowing) for batch in _batches(ids))


@contextmanager
def touched_together() -> Iterator[None]:
    """Everything touched inside is indexed once, at the end, in the transaction of the whole.

    For loaders, where one object is touched many times on behalf of others. A failure indexes nothing and undoes all.
    """
    with transaction.atomic():
        token = _waiting.set({})
        try:
            yield
            waiting = _waiting.get() or {}
        finally:
            _waiting.reset(token)
        for (kind, narrowing), ids in waiting.items():
            touch_many(ids, kind=kind, narrowing=narrowing)


def remove(*, kind: str, object_id: int, version: int | None = None) -> None:
    """Takes an object out, for good. `version` is its last `search_version`; without it, the one last indexed."""
    with transaction.atomic():
        known = (
            IndexEntry.objects.filter(kind=kind, object_id=object_id)
            .values_list("version", flat=True)
            .first()
        )
        _erase(kind, [object_id])
        last = max(version or 0, known or 0)
        _tell([OutboxEntry(kind=kind, object_id=object_id, version=last + 1, narrowing=True)])


def outbox_is_used() -> bool:
    """Whether changes must reach Elasticsearch; SEARCH_OUTBOX forces the outbox without a server."""
    return bool(settings.ELASTICSEARCH_URL) or getattr(settings, "SEARCH_OUTBOX", False)


def write_documents(documents: Iterable[Document]) -> None:
    """Writes documents into the database's index as they are: no version is raised and nobody is told.

    For services of this app that repair the index, and for benchmarks.
    """
    for batch in _batches(documents):
        _write(batch)


def is_current(entry: IndexEntry, document: Document) -> bool:
    """Whether an entry holds what the document says, to the last word. For services of this app that compare."""
    wanted = _entry(document)
    return all(getattr(entry, name) == getattr(wanted, name) for name in ENTRY_FIELDS)


def _index_batch(spec: DocumentSpec, ids: list[int], narrowing: bool) -> int:
    rows = spec.model._base_manager.filter(pk__in=ids)
    rows.update(search_version=F("search_version") + 1)
    versions = dict(rows.values_list("pk", "search_version"))
    entries = IndexEntry.objects.filter(kind=spec.kind, object_id__in=ids)
    before = {
        pk: (audience, version)
        for pk, audience, version in entries.values_list("object_id", "audience", "version")
    }
    documents = {
        document.object_id: document for document in map(spec.to_document, spec.queryset().filter(pk__in=ids))
    }
    gone = [pk for pk in ids if pk not in documents]
    _write(list(documents.values()))
    _erase(spec.kind, gone)
    _tell(
        OutboxEntry(
            kind=spec.kind,
            object_id=pk,
            version=versions[pk] if pk in versions else before[pk][1] + 1,
            narrowing=narrowing or pk not in documents or _narrowed(before.get(pk), documents[pk]),
        )
        for pk in ids
        if pk in versions or pk in before
    )
    return len(documents)


def _narrowed(before: tuple[str, int] | None, document: Document) -> bool:
    return before is not None and is_narrower(document.audience, before[0])


def _write(documents: Sequence[Document]) -> None:
    if not documents:
        return
    kind = documents[0].kind
    IndexEntry.objects.bulk_create(
        [_entry(document) for document in documents],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=ENTRY_FIELDS,
    )
    object_ids = [document.object_id for document in documents]
    pks = dict(IndexEntry.objects.filter(kind=kind, object_id__in=object_ids).values_list("object_id", "pk"))
    _write_terms(documents, pks)
    texts = [(prepared(each.title), prepared(each.text[:MAX_TEXT])) for each in documents]
    _write_words(documents, texts)
    dialect().write(
        [(pks[each.object_id], title, text) for each, (title, text) in zip(documents, texts, strict=True)]
    )


def _entry(document: Document) -> IndexEntry:
    return IndexEntry(
        kind=document.kind,
        object_id=document.object_id,
        version=document.version,
        audience=document.audience,
        in_everything=document.in_everything,
        date=document.date,
        reuse=document.reuse,
        helpful=document.helpful,
        title_key=prepared(document.title)[:MAX_TITLE_KEY],
        title=_storable(document.title)[:MAX_TITLE],
        facets={facet: list(codes) for facet, codes in document.facets.items()},
        text=_storable(document.text)[:MAX_TEXT],
    )


def _storable(text: str) -> str:
    return text.replace("\x00", "")


def _write_terms(documents: Sequence[Document], pks: dict[int, int]) -> None:
    IndexTerm.objects.filter(entry__in=pks.values()).delete()
    IndexTerm.objects.bulk_create(
        [
            IndexTerm(entry_id=pks[document.object_id], facet=facet, code=code)
            for document in documents
            for facet, codes in document.facets.items()
            for code in dict.fromkeys(code[:MAX_CODE] for code in codes)
            if code
        ],
        batch_size=1000,
    )


def _write_words(documents: Sequence[Document], texts: Sequence[tuple[str, str]]) -> None:
    found = {
        (word, document.audience)
        for document, (title, text) in zip(documents, texts, strict=True)
        for word in {*title.split(), *text.split()}
        if len(word) in WORD_LENGTHS and word.isalpha()
    }
    # In one order, so that two writers that meet wait for each other instead of locking each other out.
    IndexWord.objects.bulk_create(
        [
            IndexWord(word=word, audience=audience, length=len(word), head=word[:2], tail=word[-2:])
            for word, audience in sorted(found)
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def _erase(kind: str, object_ids: Sequence[int]) -> None:
    if not object_ids:
        return
    entries = IndexEntry.objects.filter(kind=kind, object_id__in=object_ids)
    dialect().erase(list(entries.values_list("pk", flat=True)))
    entries.delete()


def _tell(changes: Iterable[OutboxEntry]) -> None:
    if outbox_is_used():
        OutboxEntry.objects.bulk_create(changes, batch_size=1000)


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
