"""Writes a term of the glossary: audited field by field and indexed in the same transaction."""

from django.db import models, transaction
from django.utils.text import slugify

from core.services.record import record
from playbook.models import GlossaryTerm
from search import api as search_api

KIND = "term"
CREATE, EDIT, LOAD = "glossary.create", "glossary.edit", "glossary.load"
FIELDS = ("term", "abbreviation", "definition", "also", "confuse", "area")
IDS_OF_THE_PAGE = frozenset({"main", "account-menu", "site-menu", "site-search", "terms", "term-words"})
"""What an anchor of a term may not be called."""


@transaction.atomic
def save_term(*, term: GlossaryTerm, actor: models.Model | None, loaded: bool = False) -> bool:
    """Writes the term with the values it carries now; returns whether anything was different.

    `loaded`: by the loader of the starter content, which is no edit and also keeps the hash of the file.
    """
    before = GlossaryTerm.objects.select_for_update().filter(pk=term.pk).first() if term.pk else None
    changes = _changes(before, term)
    if not changes and not loaded:
        return False
    term.slug = term.slug or free_slug(term.term)
    term.save()
    action = LOAD if loaded else EDIT if before else CREATE
    record(actor=actor, action=action, target=term, changes={} if loaded else changes)
    search_api.touch(term, kind=KIND)
    return True


def free_slug(words: str) -> str:
    """An address for a new term that no other term has; two terms may be called the same."""
    base = slugify(words)[:70] or "term"
    taken = {*GlossaryTerm.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    taken |= IDS_OF_THE_PAGE
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)


def _changes(before: GlossaryTerm | None, after: GlossaryTerm) -> dict[str, tuple[object, object]]:
    empty = before or GlossaryTerm()
    pairs = {name: (getattr(empty, name), getattr(after, name)) for name in FIELDS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
