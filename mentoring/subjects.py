"""What may be offered and wanted: the seven habits and the seven role areas, as people/ names them."""

from core.models import Term, Vocabulary

MOST_WANTS = 4


def competences() -> dict[str, str]:
    """Code and words of each, habits first. One query."""
    rows = Term.objects.filter(vocabulary__in=(Vocabulary.HABIT, Vocabulary.ROLE_AREA))
    return {term.code: str(term.label) for term in rows.order_by("vocabulary", "order", "pk")}
