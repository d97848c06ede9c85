"""The words of many facets at once: one query for all that are vocabularies, one for each other that asks the database."""

from collections.abc import Iterable, Mapping

from core.term_labels import TermLabels
from search.documents import Facet, facets


def known_codes(names: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """All codes there are, with their words, of every registered facet among `names`."""
    return _read(facets.get(name) for name in names if name in facets)


def labels_of(names: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Codes and words, in reading order, of every registered facet among `names`; none where the codes are the words."""
    wanted = [facets.get(name) for name in names if name in facets]
    read = _read(facet for facet in wanted if not facet.speaks)
    return {facet.name: read.get(facet.name, {}) for facet in wanted}


def _read(asked: Iterable[Facet]) -> dict[str, Mapping[str, str]]:
    wanted = {facet.name: facet.labels for facet in asked}
    terms = TermLabels.read_many(labels for labels in wanted.values() if isinstance(labels, TermLabels))
    return {
        name: terms[labels.vocabulary] if isinstance(labels, TermLabels) else labels()
        for name, labels in wanted.items()
    }
