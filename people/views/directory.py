"""The directory of people."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.crumbs import Crumb
from core.models import Term
from core.pagination import keyset_page
from people.badges import badges_of
from people.data import Badge, Evidence
from people.directory import facet_boxes, matching
from people.evidence import evidence_of
from people.facets import FACETS
from people.models import Profile, User

PAGE = 24
CHIPS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One person in the list."""

    person: User
    hour: datetime
    chips: list[Term]
    badges: list[Badge]
    evidence: list[Evidence]


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody who fits the words and the ticked boxes, by name."""
    words = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    choices = {
        spec.name: [value for value in request.GET.getlist(spec.name) if "\0" not in value] for spec in FACETS
    }
    people = User.objects.visible_to(request.user)
    found = matching(people, words, choices)
    page = keyset_page(
        found.select_related("profile").prefetch_related("profile__alliance_types", "profile__phases"),
        by="name",
        cursor=request.GET.get("after"),
        size=PAGE,
        descending=False,
    )
    total, boxes = facet_boxes(people, words, choices)
    chosen = [(name, value) for name, values in choices.items() for value in values]
    context = {
        "words": words,
        "chosen": chosen,
        "state": urlencode([("q", words), *chosen]),
        "boxes": boxes,
        "total": total,
        "page": page,
        "cards": _cards(list(page.rows), request.user),
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("People"))],
    }
    return render(request, "people/directory.html", context)


def _cards(rows: list[User], reader: object) -> list[Card]:
    shown = evidence_of([row.pk for row in rows], reader)
    return [
        Card(
            row,
            datetime.now(row.profile.zone),
            _chips(row.profile),
            badges_of(row.profile),
            shown.get(row.pk, []),
        )
        for row in rows
    ]


def _chips(profile: Profile) -> list[Term]:
    return [*profile.alliance_types.all(), *profile.phases.all()][:CHIPS]
