"""The directory: who has done this before. Words, facets whose counts follow the other choices, pages by name.

The number of queries is the same for ten people and for ten thousand: one for all facets, and those of one page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from core.models import Term
from people.facet_counts import count_facets
from people.facets import FACETS, FacetSpec, condition, labels_of, with_texts
from people.managers import UserQuerySet
from people.models import Profile

SHOWN = 6
WORDS = 6
OPEN = ("type", "mentor")
TEXTS = (
    "name",
    "profile__job_title",
    "profile__division",
    "profile__city",
    "profile__country",
    "profile__bio",
)
Choices = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One box to tick."""

    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet as drawn: the values at hand and those folded away."""

    name: str
    label: str | Promise
    values: Sequence[FacetValue]
    more: Sequence[FacetValue]
    is_open: bool


def matching(people: UserQuerySet, words: str, choices: Choices) -> UserQuerySet:
    """Who fits every word and every facet."""
    found = _fitting(people, words)
    for fits in _ticked(choices).values():
        found = found.filter(fits)
    return found


def facet_boxes(people: UserQuerySet, words: str, choices: Choices) -> tuple[int, list[FacetBox]]:
    """How many fit, and the facets that have values, each counted among those who fit all other choices. Two queries."""
    counts = count_facets(_fitting(people, words), FACETS, _ticked(choices))
    codes = {spec.name: _in_order(spec, counts.by_facet.get(spec.name, {}), choices) for spec in FACETS}
    labels = labels_of(codes)
    boxes = []
    for spec in FACETS:
        counted: Mapping[str, int] = counts.by_facet.get(spec.name, {})
        words_of = labels.get(spec.name, {})
        chosen = set(choices.get(spec.name, ()))
        values = [
            FacetValue(code, words_of.get(code) or code, counted.get(code, 0), code in chosen)
            for code in codes[spec.name]
        ]
        if values:
            is_open = spec.name in OPEN or bool(chosen)
            boxes.append(FacetBox(spec.name, spec.label, values[:SHOWN], values[SHOWN:], is_open))
    return counts.total, boxes


def _in_order(spec: FacetSpec, counted: Mapping[str, int], choices: Choices) -> list[str]:
    """What is ticked first, also where nobody is left to count, so that it can be taken off; then the most frequent."""
    ticked = dict.fromkeys(choices.get(spec.name, ()))
    return [
        *ticked,
        *(code for code in sorted(counted, key=lambda code: (-counted[code], code)) if code not in ticked),
    ]


def _ticked(choices: Choices) -> dict[str, Q]:
    return {spec.name: condition(spec, choices[spec.name]) for spec in FACETS if choices.get(spec.name)}


def _fitting(people: UserQuerySet, words: str) -> UserQuerySet:
    found = with_texts(people.present().filter(profile__isnull=False))
    for word in words.replace(",", " ").split()[:WORDS]:
        found = found.filter(_fits_word(word))
    return found


def _fits_word(word: str) -> Q:
    fits = Q()
    for path in TEXTS:
        fits |= Q(**{f"{path}__icontains": word})
    terms = Term.objects.filter(label__icontains=word)
    for relation in ("alliance_types", "phases", "role_areas"):
        fits |= Q(pk__in=Profile.objects.filter(**{f"{relation}__in": terms}).values("user"))
    return fits
