"""Codes and labels of a vocabulary, for those who need several vocabularies at once and want one query for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.models import Term


@dataclass(frozen=True, slots=True)
class TermLabels:
    """The labels of one vocabulary, read when called. Whoever holds several may read them all by `read_many`."""

    vocabulary: str

    def __call__(self) -> dict[str, str]:
        return Term.objects.labels(self.vocabulary)

    @staticmethod
    def read_many(wanted: Iterable["TermLabels"]) -> dict[str, dict[str, str]]:
        """Labels by vocabulary, in reading order, with one query; none where nothing is wanted."""
        found: dict[str, dict[str, str]] = {labels.vocabulary: {} for labels in wanted}
        if found:
            terms = Term.objects.filter(vocabulary__in=sorted(found)).order_by("order", "code")
            for vocabulary, code, label in terms.values_list("vocabulary", "code", "label"):
                found[vocabulary][code] = label
        return found
