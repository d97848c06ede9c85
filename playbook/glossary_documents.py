"""What search knows of the glossary: a term is found by its name, its short form and whatever else it is called.

Definitions are left to the page of the glossary: they are so short that one word in them would outrank whole plays.
"""

from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from playbook.models import GlossaryTerm
from playbook.models.glossary import GlossaryQuerySet
from playbook.services.save_term import KIND
from search.documents import Document, DocumentSpec, specs


def term_document(term: GlossaryTerm) -> Document:
    """A term by its names; the short form stands in the title, where readers look for it."""
    return Document(
        kind=KIND,
        object_id=term.pk,
        version=term.search_version,
        title=str(term),
        text=", ".join(term.also),
        audience=COMMUNITY,
    )


def _visible_to(terms: QuerySet[GlossaryTerm], reader: object) -> QuerySet[GlossaryTerm]:
    return cast(GlossaryQuerySet, terms).visible_to(reader)


TERM = DocumentSpec(
    kind=KIND,
    label=_("Term"),
    label_plural=_("Terms"),
    icon="book-a",
    model=GlossaryTerm,
    queryset=GlossaryTerm.objects.all,
    to_document=term_document,
    visible_to=_visible_to,
    for_hits=lambda terms: terms,
    hit_template="playbook/hit_term.html",
)


def register() -> None:
    """Called from `AppConfig.ready()`."""
    specs.register(KIND, TERM)
