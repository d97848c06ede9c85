"""Finds or makes the tags of a topic: terms of the vocabularies at once, free words until a steward approves them."""

import hashlib
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.models import Term, Vocabulary
from forums.models import Tag

MOST = 5
LONGEST = 60
VOCABULARIES = (
    Vocabulary.LIFECYCLE_PHASE,
    Vocabulary.COMPONENT,
    Vocabulary.ACTIVITY,
    Vocabulary.ROLE_AREA,
    Vocabulary.ALLIANCE_TYPE,
    Vocabulary.PARTNER_TYPE,
)
"""Whose terms are tags; where two share a label, the first of these has it."""


def checked_words(words: Iterable[str]) -> list[str]:
    """The words without spaces around and each once, whatever its case; raises `ValidationError` where they are too many."""
    kept: dict[str, str] = {}
    for word in (" ".join(word.split()) for word in words):
        if "\x00" in word or len(word) > LONGEST:
            raise ValidationError({"tags": _("A tag is a word or two, of %d characters at most.") % LONGEST})
        if word:
            kept.setdefault(slug_of(word), word)
    if len(kept) > MOST:
        raise ValidationError({"tags": _("Choose the %d tags that say most.") % MOST})
    return list(kept.values())


def find_or_make_tags(
    words: Sequence[str], *, suggested_by_id: int | None = None, approved: bool = False
) -> list[Tag]:
    """The tags of checked words, in their order. New free words wait, unless `approved`."""
    slugs = {slug_of(word): word for word in words}
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    terms = _terms() if set(slugs) - set(known) else {}
    for slug, word in slugs.items():
        if slug in known:
            continue
        term = terms.get(slug)
        known[slug], _made = Tag.objects.get_or_create(
            slug=slug,
            defaults={
                "label": term.label[:LONGEST] if term else word,
                "term": term,
                "approved": approved or term is not None,
                "suggested_by_id": None if term else suggested_by_id,
            },
        )
    return [known[slug] for slug in slugs]


def slug_of(word: str) -> str:
    """The address of a tag. Words of other scripts get one that is made of their signs and always the same."""
    slug = slugify(word)[:LONGEST]
    return slug or hashlib.sha256(word.casefold().encode("utf-8", "replace")).hexdigest()[:12]


def _terms() -> dict[str, Term]:
    found: dict[str, Term] = {}
    rows = Term.objects.filter(vocabulary__in=VOCABULARIES)
    for term in sorted(rows, key=lambda row: VOCABULARIES.index(Vocabulary(row.vocabulary))):
        for name in (term.label, term.code):
            found.setdefault(slug_of(name), term)
    return found
