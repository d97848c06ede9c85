"""The directory: who has done this before. Words, facets whose counts follow the other choices, pages by name.

The number of queries is the same for ten people and for ten thousand: one a facet, and those of one page.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import Term, Vocabulary
from people.languages import language_names
from people.managers import UserQuerySet
from people.models import MentorStatus, Profile

SHOWN = 6
WORDS = 6
TEXTS = (
    "name",
    "profile__job_title",
    "profile__division",
    "profile__city",
    "profile__country",
    "profile__bio",
)


class Source(Enum):
    """Where the values of a facet stand."""

    COLUMN = "column"
    TERMS = "terms"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """One facet: its name in the address, its words, and where its values stand."""

    name: str
    label: str | Promise
    path: str
    source: Source


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


FACETS = (
    FacetSpec("type", _("Handled"), "alliance_types", Source.TERMS),
    FacetSpec("phase", _("Phases worked in"), "phases", Source.TERMS),
    FacetSpec("mentor", _("Mentor"), "profile__mentor_status", Source.COLUMN),
    FacetSpec("role_area", _("Role area"), "role_areas", Source.TERMS),
    FacetSpec("language", _("Speaks"), "profile__languages", Source.LIST),
    FacetSpec("therapeutic_area", _("Therapeutic area"), "profile__therapeutic_areas", Source.LIST),
    FacetSpec("division", _("Division"), "profile__division", Source.COLUMN),
    FacetSpec("function", _("Function"), "business_function", Source.COLUMN),
    FacetSpec("country", _("Country"), "profile__country", Source.COLUMN),
)
Choices = Mapping[str, Sequence[str]]


def matching(people: UserQuerySet, words: str, choices: Choices, *, but: str = "") -> UserQuerySet:
    """Who fits every word and every facet, leaving out the facet named `but`."""
    found = people.present().filter(profile__isnull=False)
    for word in words.replace(",", " ").split()[:WORDS]:
        found = found.filter(_fits_word(word))
    for spec in FACETS:
        if spec.name != but and choices.get(spec.name):
            found = _narrow(found, spec, choices[spec.name])
    return found


def facet_boxes(people: UserQuerySet, words: str, choices: Choices) -> list[FacetBox]:
    """The facets that have values, each counted among those who fit all other choices."""
    boxes = [_box(spec, matching(people, words, choices, but=spec.name), choices) for spec in FACETS]
    return [box for box in boxes if box.values]


def _fits_word(word: str) -> Q:
    fits = Q()
    for path in TEXTS:
        fits |= Q(**{f"{path}__icontains": word})
    terms = Term.objects.filter(label__icontains=word)
    for relation in ("alliance_types", "phases", "role_areas"):
        fits |= Q(pk__in=Profile.objects.filter(**{f"{relation}__in": terms}).values("user"))
    return fits


def _narrow(found: UserQuerySet, spec: FacetSpec, chosen: Iterable[str]) -> UserQuerySet:
    if spec.source is Source.COLUMN:
        return found.filter(**{f"{spec.path}__in": chosen})
    if spec.source is Source.TERMS:
        holders = Profile.objects.filter(**{f"{spec.path}__code__in": chosen})
        return found.filter(pk__in=holders.values("user"))
    text = f"{spec.name}_text"
    fits = Q()
    for (
        value
    ) in chosen:  # a list is stored as JSON, in which one database escapes letters and another does not
        fits |= Q(**{f"{text}__contains": json.dumps(value)})
        fits |= Q(**{f"{text}__contains": json.dumps(value, ensure_ascii=False)})
    return found.alias(**{text: Cast(spec.path, TextField())}).filter(fits)


def _box(spec: FacetSpec, found: UserQuerySet, choices: Choices) -> FacetBox:
    chosen = set(choices.get(spec.name, ()))
    counts = _counts(spec, found)
    labels = _labels(spec, counts)
    values = [
        FacetValue(code, labels.get(code, code), count, code in chosen)
        for code, count in counts.most_common()
    ]
    values.sort(key=lambda value: not value.chosen)
    return FacetBox(
        spec.name, spec.label, values[:SHOWN], values[SHOWN:], spec.name in ("type", "mentor") or bool(chosen)
    )


def _counts(spec: FacetSpec, found: UserQuerySet) -> Counter[str]:
    path = f"profile__{spec.path}__code" if spec.source is Source.TERMS else spec.path
    rows: Iterable[tuple[Any, int]] = (
        found.order_by().values_list(path).annotate(number=Count("pk", distinct=True))
    )
    counts: Counter[str] = Counter()
    for value, number in rows:
        for code in value if isinstance(value, list) else [value]:
            if code:
                counts[code] += number
    return counts


def _labels(spec: FacetSpec, codes: Iterable[str]) -> Mapping[str, str]:
    vocabularies = {
        "type": Vocabulary.ALLIANCE_TYPE,
        "phase": Vocabulary.LIFECYCLE_PHASE,
        "role_area": Vocabulary.ROLE_AREA,
        "function": Vocabulary.BUSINESS_FUNCTION,
    }
    if spec.name in vocabularies:
        return Term.objects.labels(vocabularies[spec.name])
    if spec.name == "mentor":
        return {status.value: str(status.label) for status in MentorStatus}
    if spec.name == "language":
        return {code: "".join(language_names([code])) for code in codes}
    return {}
