"""Loads the demo people of content/people.yaml. Idempotent: who exists is left alone, with every edit and password.

Part of the demo only. Mentoring wishes in the file belong to rooms that come later; they read the same file then.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from core.content import read_yaml
from core.models import Term, Vocabulary
from people.models import Profile, User
from people.roles import Role
from people.services.create_person import KIND, create_person
from search.api import touch

DEMO_PASSWORD = "demo-demo-demo-demo"  # noqa: S105  # shown on the sign-in page of a demo, nowhere else
FILE = "people.yaml"
DAYS_PER_YEAR = 365.25
PRACTITIONER_FUNCTION = "alliance_management"
VOCABULARIES = {
    "role_areas": Vocabulary.ROLE_AREA,
    "habits": Vocabulary.HABIT,
    "alliance_types": Vocabulary.ALLIANCE_TYPE,
    "phases": Vocabulary.LIFECYCLE_PHASE,
}
KEYS = {"habits": "habits_strong"}


@transaction.atomic
def load_people(*, path: Path | None = None, today: date | None = None) -> int:
    """Makes the people of the file who do not exist yet and returns how many that were."""
    entries = read_yaml(path or settings.CONTENT_DIR / FILE)["people"]
    people: dict[str, User] = {}
    made: list[Mapping[str, Any]] = []
    terms = _terms()
    encoded = make_password(DEMO_PASSWORD)  # one for all: hashing takes longer than everything else here
    for entry in entries:
        people[entry["key"]], is_new = _load(entry, terms, today or timezone.localdate(), encoded)
        if is_new:
            made.append(entry)
    _set_managers(made, people)
    return len(made)


def _load(
    entry: Mapping[str, Any], terms: Mapping[tuple[str, str], Term], today: date, encoded: str
) -> tuple[User, bool]:
    person, is_new = create_person(
        email=entry["email"],
        name=entry["name"],
        actor=None,
        roles=[Role(code) for code in entry["roles"]],
        business_function=entry["business_function"],
        is_practitioner=entry["business_function"] == PRACTITIONER_FUNCTION,
        is_demo=True,
        profile=_profile_fields(entry, today),
        origin="load_people",
    )
    if is_new:
        person.password = encoded
        person.save(update_fields=["password"])
        for field, vocabulary in VOCABULARIES.items():
            codes: Iterable[str] = entry.get(KEYS.get(field, field), ())
            getattr(person.profile, field).set([terms[vocabulary, code] for code in codes])
        touch(person, kind=KIND)  # the index shows role areas, which came after the person
    return person, is_new


def _profile_fields(entry: Mapping[str, Any], today: date) -> dict[str, Any]:
    return {
        "division": entry["division"],
        "job_title": entry["job_title"],
        "city": entry["city"],
        "country": entry["country"],
        "time_zone": entry["time_zone"],
        "languages": list(entry["languages"]),
        "therapeutic_areas": list(entry["therapeutic_areas"]),
        "has_alliance_duties": bool(entry["share_of_time"]),
        "share_of_time": entry["share_of_time"],
        "in_role_since": today - timedelta(days=round(entry["years_in_role"] * DAYS_PER_YEAR)),
        "bio": " ".join(entry["bio"].split()),
    }


def _terms() -> dict[tuple[str, str], Term]:
    wanted = Term.objects.filter(vocabulary__in=VOCABULARIES.values())
    return {(term.vocabulary, term.code): term for term in wanted}


def _set_managers(entries: Iterable[Mapping[str, Any]], people: Mapping[str, User]) -> None:
    for entry in entries:
        if entry["manager"]:
            Profile.objects.filter(user=people[entry["key"]]).update(manager=people[entry["manager"]])
