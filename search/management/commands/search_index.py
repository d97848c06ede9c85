"""`manage.py search_index create|rebuild|reconcile|inspect`: keeps the indexes in Elasticsearch and in the database.

Without ELASTICSEARCH_URL it works on the index of the database alone, and says so. Whatever goes wrong ends with an exit
code that is not 0; an index that is being searched is then as it was.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from elasticsearch import ApiError, TransportError

from search.documents import Document, DocumentSpec, specs
from search.models import IndexEntry
from search.services import inspect
from search.services.index import remove, write_documents
from search.services.lock import BusyError
from search.services.rebuild import RebuildError, Rebuilt, create, rebuild
from search.services.reconcile import empty_outbox, reconcile
from search.services.sides import documents

DATABASE_ONLY = "ELASTICSEARCH_URL is not set: working on the index in the database."


class Command(BaseCommand):
    """Four verbs over all kinds, or those named."""

    help = "Creates, rebuilds, reconciles or inspects the search indexes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("verb", choices=["create", "rebuild", "reconcile", "inspect"])
        parser.add_argument(
            "--kind", action="append", choices=specs.keys(), help="only this kind; repeatable"
        )
        parser.add_argument("--database", action="store_true", help="rebuild: also the index in the database")
        parser.add_argument("--retry", action="store_true", help="inspect: try parked changes again")
        parser.add_argument(
            "--strict", action="store_true", help="reconcile: exit code 1 when anything was wrong"
        )

    def handle(self, *args: Any, verb: str, kind: list[str] | None, **options: Any) -> None:
        """Does one verb."""
        chosen = [spec for spec in specs if not kind or spec.kind in kind]
        try:
            getattr(self, f"_{verb}")(chosen, options)
        except (RebuildError, BusyError) as error:
            raise CommandError(str(error)) from error
        except (ApiError, TransportError) as error:
            raise CommandError(f"Elasticsearch at {settings.ELASTICSEARCH_URL} failed: {error}") from error

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _create(self, chosen: list[DocumentSpec], options: dict[str, Any]) -> None:
        if not settings.ELASTICSEARCH_URL:
            self._say(f"{DATABASE_ONLY} Its tables come with the migrations.")
            return
        for spec in chosen:
            done = create(spec, self._say)
            self._say(_told(done) if done else f"{spec.kind}: is there")

    def _rebuild(self, chosen: list[DocumentSpec], options: dict[str, Any]) -> None:
        if not settings.ELASTICSEARCH_URL:
            self._say(DATABASE_ONLY)
        for spec in chosen:
            if options["database"] or not settings.ELASTICSEARCH_URL:
                self._say(f"{spec.kind}: {_rewrite(spec)} documents in the database")
            if settings.ELASTICSEARCH_URL:
                done = rebuild(spec, self._say)
                self._say(
                    f"{spec.kind}: {done.count} documents in {done.seconds:.1f} s, live in {done.index}"
                )
        empty_outbox()

    def _reconcile(self, chosen: list[DocumentSpec], options: dict[str, Any]) -> None:
        if not settings.ELASTICSEARCH_URL:
            self._say(DATABASE_ONLY)
        repairs = 0
        for spec in chosen:
            for numbers in reconcile(spec, self._say):
                repairs += numbers.repairs
                self._say(
                    f"reconcile kind={numbers.kind} side={numbers.side} checked={numbers.checked} "
                    f"missing={numbers.missing} stale={numbers.stale} orphan={numbers.orphan} purged={numbers.purged}"
                )
        self._say(f"reconcile repairs={repairs}")
        if repairs and options["strict"]:
            raise CommandError(f"{repairs} documents were wrong and have been repaired.")

    def _inspect(self, chosen: list[DocumentSpec], options: dict[str, Any]) -> None:
        if not settings.ELASTICSEARCH_URL:
            self._say(DATABASE_ONLY)
        if options["retry"]:
            self._say(f"{inspect.release_parked()} parked changes will be tried again")
        for spec in chosen:
            self._say(f"{spec.kind}: {inspect.in_database(spec.kind)} in the database")
            if settings.ELASTICSEARCH_URL:
                for line in _described(inspect.index_state(spec)):
                    self._say(f"  {line}")
        outbox = inspect.outbox_state()
        self._say(
            f"outbox: {outbox.waiting} waiting, the oldest for {outbox.oldest_seconds:.0f} s; "
            f"{outbox.narrowings} narrow access; {outbox.parked} parked"
        )
        for row in inspect.parked_rows():
            self._say(f"  parked {row} after {row.attempts} tries: {row.error[:200]}")


def _told(done: Rebuilt) -> str:
    """A rebuild in words."""
    return f"{done.kind}: {done.count} documents in {done.seconds:.1f} s, live in {done.index}"


def _described(state: inspect.IndexState) -> Iterator[str]:
    """An index in words."""
    yield f"searched: {state.searched or 'no index is ready, the database answers; run rebuild'}"
    yield f"{state.documents} documents, {state.tombstones} tombstones, {len(state.generations)} generations"
    if state.searched and not state.current:
        yield "the description of its fields has changed since: run rebuild"


def _rewrite(spec: DocumentSpec) -> int:
    """Writes the database's index anew from the objects, one transaction for all."""
    there: set[int] = set()

    def noted() -> Iterator[Document]:
        for document in documents(spec):
            there.add(document.object_id)
            yield document

    with transaction.atomic():
        write_documents(noted())
        entries = IndexEntry.objects.filter(kind=spec.kind)
        for object_id in set(entries.values_list("object_id", flat=True)) - there:
            remove(kind=spec.kind, object_id=object_id)
    return len(there)
