"""The words of many facets at once: one query for all that are vocabularies, one for each other that asks the database."""

from collections.abc import Iterable, Mapping

from core.term_labels import TermLabels
from search.documents import facets


def labels_of(names: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Codes and words, in reading order, of every registered facet among `names`."""
    wanted = {name: facets.get(name).labels for name in names if name in facets}
    terms = TermLabels.read_many(labels for labels in wanted.values() if isinstance(labels, TermLabels))
    return {
        name: terms[labels.vocabulary] if isinstance(labels, TermLabels) else labels()
        for name, labels in wanted.items()
    }
