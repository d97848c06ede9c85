"""Which loaders make the starter content, in the order in which they need each other.

Loading belongs to the rooms; this is only their order, which no room may know. Each loader is idempotent and keeps
what people edited. Invented people, and the owners among them, are demo content. Which loaders a database has had stands
in its audit trail, so that a start can bring what a new release adds and nothing that people have deleted since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from wagtail.models import Site

from alliances.services.load_alliances import load_alliances
from core.models import AuditEntry
from core.services.load_vocabularies import load_vocabularies
from core.services.record import record
from forums.services.load_forum import load_boards, load_topics
from lessons.services.starter import load_starter_citations, load_starter_lessons
from mentoring.services.load_mentoring import load_mentoring
from mentoring.services.load_pairs import load_pairs
from mentoring.services.load_programmes import load_programmes
from onboarding.services.load_demo_paths import load_demo_paths
from onboarding.services.load_onboarding import load_onboarding
from onboarding.services.load_past import load_past
from people.models import User
from people.services.ensure_roles import ensure_roles, grant_admin_rights
from people.services.load_competences import load_competences
from people.services.load_people import load_people
from playbook.services.load_glossary import load_glossary
from playbook.services.load_pages import load_starter_pages
from playbook.services.load_plays import load_starter_plays
from playbook.services.load_tools import load_starter_tools
from search.services.load_synonyms import load_synonyms

LOADED = "load_starter"
STEPS = "steps"
FIRST_STEPS = frozenset(
    {"vocabularies", "synonyms", "people", "tools", "plays", "pages", "lessons", "citations"}
)
"""What a load did that named no steps, before there were others."""


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
    """The loaders; with `demo` the invented ones too.

    One that brings more than before gets a new name, so that portals that had the old one load it again.
    """
    every = (
        Step("vocabularies", partial(load_vocabularies, content=settings.CONTENT_DIR)),
        Step("synonyms", load_synonyms),
        Step("competences", load_competences),
        Step("people", load_people, is_demo=True),
        Step("alliances", load_alliances, is_demo=True),
        Step("mentoring", load_mentoring, is_demo=True),
        Step("onboarding", load_onboarding),
        Step("paths", load_demo_paths, is_demo=True),
        Step("past", load_past, is_demo=True),
        Step("pairs", load_pairs, is_demo=True),
        Step("programmes", load_programmes, is_demo=True),
        Step("tools", load_starter_tools),
        Step("plays", partial(load_starter_plays, with_owners=demo)),
        Step("pages_2", load_starter_pages),
        Step("glossary", load_glossary),
        Step("lessons", load_starter_lessons),
        Step("citations", load_starter_citations),
        Step("boards", load_boards),
        Step("forum", load_topics, is_demo=True),
    )
    return [step for step in every if demo or not step.is_demo]


def load(*, demo: bool, tell: Callable[[str, str], None]) -> bool:
    """Runs the loaders, telling the name and the outcome of each, and remembers that it did."""
    return _run(steps(demo=demo), tell)


def load_new(*, demo: bool, tell: Callable[[str, str], None]) -> bool:
    """Runs the loaders this database has not had yet; returns whether there were any.

    Invented content joins only where invented people are.
    """
    had = loaded_steps()
    invented = demo and (not had or User.objects.filter(is_demo=True).exists())
    return _run([step for step in steps(demo=invented) if step.name not in had], tell)


def loaded_steps() -> frozenset[str]:
    """The loaders this database has had, even if people have deleted since what they brought."""
    changes = AuditEntry.objects.filter(action=LOADED).values_list("changes", flat=True)
    return frozenset(name for had in changes for name in (had[STEPS][1].split() if had else FIRST_STEPS))


def _run(chosen: Sequence[Step], tell: Callable[[str, str], None]) -> bool:
    if not chosen:
        return False
    ensure_roles()
    for step in chosen:
        tell(step.name, step.run())
    grant_admin_rights()
    record(
        actor=None,
        action=LOADED,
        target=Site.objects.get(is_default_site=True),
        changes={STEPS: ("", " ".join(step.name for step in chosen))},
        origin="load_starter",
    )
    return True
