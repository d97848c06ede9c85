"""People as the search engine sees them: everybody signed in finds everybody who has not left."""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY, tokens_of
from core.models import Vocabulary
from core.term_labels import TermLabels
from people.languages import language_names
from people.models import MentorStatus, Profile, User
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
        facets={name: codes for name, codes in _facets(person).items() if all(codes)},
    )


def _facets(person: User) -> dict[str, tuple[str, ...]]:
    """Codes by facet; an empty one says nothing."""
    profile = person.profile
    return {
        "role_area": tuple(area.code for area in profile.role_areas.all()),
        "mentor": (profile.mentor_status,),
        "division": (profile.division,),
        "function": (person.business_function,),
        "country": (profile.country,),
    }


def _rows() -> QuerySet[User]:
    return User.objects.present().filter(profile__isnull=False).with_profile()


def _visible(rows: QuerySet[User], reader: object) -> QuerySet[User]:
    return rows.filter(is_active=True) if COMMUNITY in tokens_of(reader) else rows.none()


def _for_hits(rows: QuerySet[User]) -> QuerySet[User]:
    return rows.select_related("profile")


def _mentoring() -> Mapping[str, str]:
    return {status.value: str(status.label) for status in MentorStatus if status.value}


def _written(name: str) -> Callable[[], Mapping[str, str]]:
    """What people who have not left wrote in a field of their profile."""

    def values() -> Mapping[str, str]:
        rows = Profile.objects.filter(user__is_active=True).exclude(**{name: ""})
        found = rows.order_by(name).values_list(name, flat=True).distinct()
        return {value: value for value in found}

    return values


FACETS = {
    facet.name: facet
    for facet in (
        Facet("role_area", _("Role area"), TermLabels(Vocabulary.ROLE_AREA)),
        Facet("mentor", _("Mentor"), _mentoring),
        Facet("division", _("Division"), _written("division"), speaks=True),
        Facet("function", _("Function"), TermLabels(Vocabulary.BUSINESS_FUNCTION)),
        Facet("country", _("Country"), _written("country"), speaks=True),
    )
}


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
            facets=tuple(FACETS),
        ),
    )
    for name, facet in FACETS.items():
        if name not in facets:  # areas belong to plays, too, and whoever comes first registers them
            facets.register(name, facet)
