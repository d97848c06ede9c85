"""From spans to findings: each different stretch of words once a field, worded alike, with the same offers a kind."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext_lazy, pgettext_lazy

from composer.data import NameFinding
from composer.guard.listed import ListedNames
from composer.guard.names import name_spans
from composer.guard.patterns import Span, passed_over, shaped_spans

MAX_FINDINGS = 30
LOOK_BACK = 12

OFFERS = {
    "name": (
        gettext_lazy("a mid-size partner"),
        gettext_lazy("the partner"),
        gettext_lazy("the product"),
        gettext_lazy("the alliance"),
    ),
    "amount": (gettext_lazy("an agreed sum"), gettext_lazy("a milestone payment")),
    "address": (gettext_lazy("our contact"), gettext_lazy("their contact")),
    "phone": (pgettext_lazy("instead of a phone number", "by phone"),),
}
MESSAGES = {
    "name": gettext_lazy("“%(words)s” may be a company name."),
    "amount": gettext_lazy("“%(words)s” is an amount."),
    "address": gettext_lazy("“%(words)s” is an e-mail address."),
    "phone": gettext_lazy("“%(words)s” may be a phone number."),
}


def check_names(texts: Mapping[str, str], *, kept: Collection[str] = ()) -> list[NameFinding]:
    """Findings in texts by field, in reading order, at most thirty. Words in `kept` were said to be harmless."""
    listed = ListedNames.from_database()
    found = [finding for field, text in texts.items() for finding in _in_field(field, text, listed)]
    return [finding for finding in found if finding.words not in kept][:MAX_FINDINGS]


def swapped(text: str, finding: NameFinding, offer: str) -> str:
    """The text with `offer` at all places of a finding, with a capital letter where a sentence begins."""
    pieces, before = [], 0
    for start, end in finding.places:
        pieces += [text[before:start], _fitting(offer, text, start)]
        before = end
    return "".join([*pieces, text[before:]])


def _fitting(offer: str, text: str, start: int) -> str:
    lead = text[max(0, start - LOOK_BACK) : start].rstrip(" \t\u00a0>*#“\"'(-")
    return offer[:1].upper() + offer[1:] if not lead or lead[-1] in ".!?\n" else offer


def _in_field(field: str, text: str, listed: ListedNames) -> Iterable[NameFinding]:
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for span in _without_overlaps([*passed_over(text), *shaped_spans(text), *name_spans(text, listed)]):
        if span.kind != "web":
            places.setdefault((span.kind, text[span.start : span.end]), []).append((span.start, span.end))
    for (kind, words), where in places.items():
        yield NameFinding(
            field=field,
            words=words,
            kind=kind,
            message=str(MESSAGES[kind]) % {"words": words},
            offers=tuple(str(offer) for offer in OFFERS[kind]),
            places=tuple(where),
        )


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """In reading order; where two overlap, the one that begins first stays, of those the longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
