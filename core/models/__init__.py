"""Models of the lowest room."""

from core.models.audit import AuditEntry
from core.models.facts import StoredFact
from core.models.rendered import RenderedMixin, ShownText
from core.models.terms import Term, Vocabulary, term_key

__all__ = ["AuditEntry", "RenderedMixin", "ShownText", "StoredFact", "Term", "Vocabulary", "term_key"]
