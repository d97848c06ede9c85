"""Takes a term out of the glossary and out of search; the trail keeps its address, so that no load brings it back."""

from django.db import models, transaction

from core.services.record import record
from playbook.models import GlossaryTerm
from playbook.services.save_term import KIND
from search import api as search_api

DELETE = "glossary.delete"


@transaction.atomic
def delete_term(*, term: GlossaryTerm, actor: models.Model | None) -> None:
    """Deletes the term."""
    record(actor=actor, action=DELETE, target=term, changes={"slug": (term.slug, "")})
    search_api.remove(kind=KIND, object_id=term.pk, version=term.search_version)
    term.delete()
