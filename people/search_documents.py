"""People as the search engine sees them: everybody signed in finds everybody who has not left."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY, tokens_of
from core.models import Vocabulary
from core.term_labels import TermLabels
from people.languages import language_names
from people.models import User
from people.services.create_person import KIND
from search.documents import Document, DocumentSpec, Facet, facets, specs


def to_document(person: User) -> Document:
    """Name as title; what a colleague would look for as text."""
    profile = person.profile
    areas = list(profile.role_areas.all())
    parts = [
        profile.job_title,
        profile.division,
        profile.city,
        profile.country,
        ", ".join(area.label for area in areas),
        ", ".join(profile.therapeutic_areas),
        ", ".join(language_names(profile.languages)),
        profile.bio,
    ]
    return Document(
        kind=KIND,
        object_id=person.pk,
        version=person.search_version,
        title=person.name,
        text="\n".join(part for part in parts if part),
        audience=COMMUNITY,
        facets={"role_area": tuple(area.code for area in areas)},
    )


def _rows() -> QuerySet[User]:
    return User.objects.present().filter(profile__isnull=False).with_profile()


def _visible(rows: QuerySet[User], reader: object) -> QuerySet[User]:
    return rows.filter(is_active=True) if COMMUNITY in tokens_of(reader) else rows.none()


def _for_hits(rows: QuerySet[User]) -> QuerySet[User]:
    return rows.select_related("profile")


def register() -> None:
    """Tells search about people; called once when the app is ready."""
    specs.register(
        KIND,
        DocumentSpec(
            kind=KIND,
            label=str(_("Person")),
            label_plural=str(_("People")),
            icon="user",
            model=User,
            queryset=_rows,
            to_document=to_document,
            visible_to=_visible,
            for_hits=_for_hits,
            hit_template="people/hit_person.html",
            facets=("role_area",),
        ),
    )
    if "role_area" not in facets:
        facets.register(
            "role_area", Facet("role_area", str(_("Role area")), TermLabels(Vocabulary.ROLE_AREA))
        )
