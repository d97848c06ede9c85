"""Which loaders make the starter content, in the order in which they need each other.

Loading belongs to the rooms; this is only their order, which no room may know. Each loader is idempotent and keeps
what people edited.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.db import transaction
from wagtail.models import Site

from core.models import AuditEntry
from core.services.load_vocabularies import load_vocabularies
from core.services.record import record

LOADED = "load_starter"


@dataclass(frozen=True, slots=True)
class Step:
    """One loader. `load` returns how many objects it made, or an object that says more."""

    name: str
    load: Callable[[], object]
    is_demo: bool = False

    def run(self) -> str:
        """Loads, in one transaction, and tells what came of it."""
        with transaction.atomic():
            outcome = self.load()
        return f"{outcome} new" if isinstance(outcome, int) else str(outcome)


def _vocabularies() -> object:
    return load_vocabularies(content=settings.CONTENT_DIR)


def _found(path: str, name: str) -> Callable[[], object]:
    def load() -> object:
        if find_spec(path) is None:
            return "not built yet"
        outcome: object = getattr(import_module(path), name)()
        return outcome

    return load


STEPS = (
    Step("vocabularies", _vocabularies),
    Step("people", _found("people.services.load_people", "load_people"), is_demo=True),
    Step("synonyms", _found("search.services.load_synonyms", "load_synonyms")),
    Step("playbook", _found("playbook.services.load_starter", "load_starter")),
    Step("lessons", _found("lessons.services.load_starter_lessons", "load_starter_lessons")),
)


def was_loaded() -> bool:
    """Whether this database has had the starter content, even if people have deleted all of it since."""
    return AuditEntry.objects.filter(action=LOADED).exists()


def remember_loaded() -> None:
    """Writes into the audit trail that it has."""
    record(actor=None, action=LOADED, target=Site.objects.get(is_default_site=True), origin="load_starter")
