"""Which loaders make the starter content, in the order in which they need each other.

Loading belongs to the rooms; this is only their order, which no room may know. Each loader is idempotent and keeps
what people edited. Invented people, and the owners among them, are demo content.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from wagtail.models import Site

from core.models import AuditEntry
from core.services.load_vocabularies import load_vocabularies
from core.services.record import record
from lessons.services.starter import load_starter_citations, load_starter_lessons
from people.services.ensure_roles import ensure_roles, grant_admin_rights
from people.services.load_people import load_people
from playbook.services.load_pages import load_starter_pages
from playbook.services.load_plays import load_starter_plays
from playbook.services.load_tools import load_starter_tools
from search.services.load_synonyms import load_synonyms

LOADED = "load_starter"


@dataclass(frozen=True, slots=True)
class Step:
    """One loader. `load` returns how many objects it made, or an object whose text says more."""

    name: str
    load: Callable[[], object]
    is_demo: bool = False

    def run(self) -> str:
        """Loads, in one transaction, and tells what came of it."""
        with transaction.atomic():
            outcome = self.load()
        return f"{outcome} created" if isinstance(outcome, int) else str(outcome)


def steps(*, demo: bool) -> list[Step]:
    """The loaders; with `demo` the invented ones too."""
    every = (
        Step("vocabularies", partial(load_vocabularies, content=settings.CONTENT_DIR)),
        Step("synonyms", load_synonyms),
        Step("people", load_people, is_demo=True),
        Step("tools", load_starter_tools),
        Step("plays", partial(load_starter_plays, with_owners=demo)),
        Step("pages", load_starter_pages),
        Step("lessons", load_starter_lessons),
        Step("citations", load_starter_citations),
    )
    return [step for step in every if demo or not step.is_demo]


def load(*, demo: bool, tell: Callable[[str, str], None]) -> None:
    """Runs the loaders, telling the name and the outcome of each, and remembers that it did."""
    ensure_roles()
    for step in steps(demo=demo):
        tell(step.name, step.run())
    grant_admin_rights()
    record(actor=None, action=LOADED, target=Site.objects.get(is_default_site=True), origin="load_starter")


def was_loaded() -> bool:
    """Whether this database has had the starter content, even if people have deleted all of it since."""
    return AuditEntry.objects.filter(action=LOADED).exists()
