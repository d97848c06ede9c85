"""Counts words that found nothing, for editors. Names nobody, and keeps out what could."""

import re

from django.db.models import F
from django.utils import timezone

from search.analysis import prepared
from search.models import ZeroResultTerm
from search.parsing import ParsedQuery

MAX_TERM = 100
_PERSONAL = re.compile(r"@|\d{5}|https?:")


def note_nothing_found(parsed: ParsedQuery) -> None:
    """Adds one to the count of a term; addresses and long numbers are not kept."""
    term = prepared(parsed.text)
    if not term or len(term) > MAX_TERM or _PERSONAL.search(parsed.text):
        return
    ZeroResultTerm.objects.bulk_create(
        [ZeroResultTerm(term=term, last_seen=timezone.now().date())], ignore_conflicts=True
    )
    ZeroResultTerm.objects.filter(term=term).update(count=F("count") + 1, last_seen=timezone.now().date())
