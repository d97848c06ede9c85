"""Tells the name guard of the composer which words of the glossary are nobody's name."""

from collections.abc import Iterator

from composer.api import known_words
from playbook.models import GlossaryTerm


def glossary_words() -> Iterator[str]:
    """Terms, abbreviations and other names."""
    for term, abbreviation, also in GlossaryTerm.objects.values_list("term", "abbreviation", "also"):
        yield from (term, abbreviation or "", *also)


def register() -> None:
    """Called when the app is ready."""
    known_words.register("glossary", glossary_words)
