"""Alliances as the search engine sees them: found by their confirmed team alone."""

from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.managers import AllianceQuerySet
from alliances.models import Alliance
from alliances.services.save_alliance import KIND
from core.audiences import tokens_of
from search.documents import Document, DocumentSpec, specs


def to_document(alliance: Alliance) -> Document:
    """Code name as title; the record as text."""
    terms = (alliance.phase, alliance.alliance_type, alliance.partner_type, alliance.tier)
    parts = [
        *(term.label for term in terms if term),
        alliance.counterpart_role,
        alliance.north_star,
        alliance.note,
    ]
    return Document(
        kind=KIND,
        object_id=alliance.pk,
        version=alliance.search_version,
        title=alliance.code_name,
        text="\n".join(part for part in parts if part),
        audience=alliance.audience,
        facets={"phase": (alliance.phase.code,)} if alliance.phase else {},
    )


def _rows() -> QuerySet[Alliance]:
    return Alliance.objects.with_terms()


def _visible(rows: QuerySet[Alliance], reader: object) -> QuerySet[Alliance]:
    """By token alone: what facilitators look after stands in the register, and a facet counts what a search finds."""
    return rows.filter(audience__in=sorted(tokens_of(reader)))


def _for_hits(rows: QuerySet[Alliance]) -> QuerySet[Alliance]:
    return cast(AllianceQuerySet, rows).with_terms()


def register() -> None:
    """Tells search about alliances; called once when the app is ready."""
    specs.register(
        KIND,
        DocumentSpec(
            kind=KIND,
            label=_("Alliance"),
            label_plural=_("Alliances"),
            icon="users",
            model=Alliance,
            queryset=_rows,
            to_document=to_document,
            visible_to=_visible,
            for_hits=_for_hits,
            hit_template="alliances/hit_alliance.html",
            facets=("phase",),
        ),
    )
