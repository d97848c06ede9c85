"""Loads the pages of running text that describe what exists. Idempotent; an edited page keeps the edit."""

from pathlib import Path
from typing import Any

from django.conf import settings

from core.content import read_yaml
from playbook.models import LoadedPage, StandardPage
from playbook.services.ensure_tree import ensure_tree
from playbook.services.fingerprint import digest, standard_fingerprint
from playbook.services.loaded import Counts, Outcome, digest_now, next_step, remember
from search.api import touched_together

READY = (
    "charter",
    "what-is-confidential",
    "what-an-alliance-manager-does",
    "accessibility",
    "how-lessons-work",
    "help",
    "keyboard",
    "start-here",
)
"""Pages whose subject exists. A page joins when what it describes can be used."""


@touched_together()
def load_starter_pages(*, content_dir: Path | None = None) -> Counts:
    """Loads those pages of pages.yaml that are in `READY`."""
    folder = content_dir or settings.CONTENT_DIR
    parent = ensure_tree().pages
    loaded = {row.source: row for row in LoadedPage.objects.filter(source__startswith="page:")}
    pages = {page.slug: page for page in StandardPage.objects.child_of(parent)}
    counts = Counts()
    for source in read_yaml(folder / "pages.yaml")["pages"]:
        if source["slug"] in READY:
            row = loaded.get(f"page:{source['slug']}")
            counts.add(_load(source, pages.get(source["slug"]), row, parent))
    return counts


def _load(
    source: dict[str, Any], page: StandardPage | None, loaded: LoadedPage | None, parent: Any
) -> Outcome:
    if (page is None) != (loaded is None):
        return Outcome.KEPT
    outcome = next_step(
        loaded, digest(source), lambda: digest_now(page, standard_fingerprint) if page else ""
    )
    if outcome in (Outcome.UNCHANGED, Outcome.KEPT):
        return outcome
    target = page or StandardPage(slug=source["slug"])
    target.title, target.lead, target.body = source["title"], source["lead"].strip(), source["body"].strip()
    if page is None:
        parent.add_child(instance=target)
    target.save_revision().publish()
    remember(
        page=target,
        source=f"page:{source['slug']}",
        value=source,
        page_digest=standard_fingerprint(StandardPage.objects.get(pk=target.pk)),
    )
    return outcome
