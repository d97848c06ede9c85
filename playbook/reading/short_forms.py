"""Which short forms of the glossary a text uses, so that a reader who does not know them finds their meaning beside it.

Case counts (AM is the alliance manager, am is not), a plural s does not. One query, whatever the length of the text.
"""

import re
from collections.abc import Iterable

from playbook.models import GlossaryTerm


def short_forms_in(texts: Iterable[str], reader: object) -> list[GlossaryTerm]:
    """The terms whose short form stands in the texts, in the order of the short forms."""
    known = GlossaryTerm.objects.visible_to(reader).exclude(abbreviation="").order_by("abbreviation", "term")
    terms = list(known.only("term", "abbreviation", "slug"))
    used = _used("\n".join(texts), {term.abbreviation for term in terms})
    return [term for term in terms if term.abbreviation in used]


def _used(text: str, forms: set[str]) -> set[str]:
    if not forms:
        return set()
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)"
    return set(re.findall(pattern, text))
