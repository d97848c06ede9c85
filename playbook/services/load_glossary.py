"""Loads the glossary of the starter content.

Idempotent: an entry that did not change is left alone; a term that somebody wrote, edited or deleted stays as they left
it, whatever the file says, which the audit trail tells. A term is known by the address made of its name in the file.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from core.content import read_yaml
from core.models import AuditEntry
from playbook.models import GlossaryArea, GlossaryTerm
from playbook.services.delete_term import DELETE
from playbook.services.fingerprint import digest
from playbook.services.loaded import Counts, Outcome
from playbook.services.save_term import LOAD, save_term
from search.api import touched_together

Source = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Acts:
    """What people did: ids of the terms they changed, addresses of those they deleted."""

    changed: frozenset[str]
    deleted: frozenset[str]


@touched_together()
def load_glossary(*, content_dir: Path | None = None) -> Counts:
    """Loads glossary.yaml; raises `ValueError` for an area nobody knows and writes nothing then."""
    known = {term.slug: term for term in GlossaryTerm.objects.all()}
    acts = _acts()
    counts = Counts()
    for source in read_yaml((content_dir or settings.CONTENT_DIR) / "glossary.yaml"):
        slug = slugify(source["term"])
        term = known.get(slug)
        outcome = _next_step(source, slug, term, acts)
        if outcome in (Outcome.CREATED, Outcome.UPDATED):
            _write(term or GlossaryTerm(slug=slug), source)
        counts.add(outcome)
    return counts


def _next_step(source: Source, slug: str, term: GlossaryTerm | None, acts: _Acts) -> Outcome:
    if term is None:
        return Outcome.KEPT if slug in acts.deleted else Outcome.CREATED
    if term.content_hash == digest(source):
        return Outcome.UNCHANGED
    is_ours = term.content_hash and str(term.pk) not in acts.changed
    return Outcome.UPDATED if is_ours else Outcome.KEPT


def _write(term: GlossaryTerm, source: Source) -> None:
    term.term, term.definition = source["term"], source["definition"]
    term.area = GlossaryArea(slugify(source["area"]))
    term.abbreviation, term.confuse = source["abbreviation"] or "", source["confuse"] or ""
    term.also = list(source["also"])
    term.content_hash = digest(source)
    term.full_clean()
    save_term(term=term, actor=None, loaded=True)


def _acts() -> _Acts:
    label = GlossaryTerm._meta.label_lower
    acts = AuditEntry.objects.filter(object_type=label).exclude(action=LOAD).order_by("id")
    rows = list(acts.values_list("action", "object_id", "changes"))
    return _Acts(
        changed=frozenset(pk for _action, pk, _changes in rows),
        deleted=frozenset(changes["slug"][0] for action, _pk, changes in rows if action == DELETE),
    )
