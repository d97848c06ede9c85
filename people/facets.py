"""The facets of the directory: where the values of each stand, when somebody fits it, and its words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import Vocabulary
from core.term_labels import TermLabels
from people.languages import language_names
from people.managers import UserQuerySet
from people.models import MentorStatus, Profile


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
VOCABULARIES = {
    "type": TermLabels(Vocabulary.ALLIANCE_TYPE),
    "phase": TermLabels(Vocabulary.LIFECYCLE_PHASE),
    "role_area": TermLabels(Vocabulary.ROLE_AREA),
    "function": TermLabels(Vocabulary.BUSINESS_FUNCTION),
}


def with_texts(people: UserQuerySet) -> UserQuerySet:
    """With each list as text, which the conditions below read."""
    lists = (spec for spec in FACETS if spec.source is Source.LIST)
    return people.alias(**{_text(spec): Cast(spec.path, TextField()) for spec in lists})


def condition(spec: FacetSpec, chosen: Sequence[str]) -> Q:
    """When somebody of people `with_texts` fits one of the chosen values."""
    if spec.source is Source.COLUMN:
        return Q(**{f"{spec.path}__in": chosen})
    if spec.source is Source.TERMS:
        holders = Profile.objects.filter(**{f"{spec.path}__code__in": chosen})
        return Q(pk__in=holders.values("user"))
    fits = Q()
    for value in chosen:  # stored as JSON, in which one database escapes letters and another does not
        fits |= Q(**{f"{_text(spec)}__contains": json.dumps(value)})
        fits |= Q(**{f"{_text(spec)}__contains": json.dumps(value, ensure_ascii=False)})
    return fits


def labels_of(codes: Mapping[str, Iterable[str]]) -> dict[str, Mapping[str, str]]:
    """The words of the codes of each facet; one query. A facet that is not here shows its values as they are."""
    terms = TermLabels.read_many(VOCABULARIES[name] for name in codes if name in VOCABULARIES)
    found: dict[str, Mapping[str, str]] = {
        name: terms[labels.vocabulary] for name, labels in VOCABULARIES.items() if name in codes
    }
    found["mentor"] = {status.value: str(status.label) for status in MentorStatus}
    found["language"] = {code: "".join(language_names([code])) for code in codes.get("language", ())}
    return found


def _text(spec: FacetSpec) -> str:
    return f"{spec.name}_text"
