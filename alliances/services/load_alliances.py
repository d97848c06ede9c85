"""Loads the invented alliances of content/alliances.yaml. Idempotent: one that exists is left alone, with every edit."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from alliances.choices import Duty
from alliances.models import Alliance
from alliances.services.membership import add_member
from alliances.services.save_alliance import add_alliance
from core.content import read_yaml
from core.models import Term, Vocabulary
from people.models import User

FILE, PEOPLE = "alliances.yaml", "people.yaml"
VOCABULARIES = {
    "partner_type": Vocabulary.PARTNER_TYPE,
    "alliance_type": Vocabulary.ALLIANCE_TYPE,
    "phase": Vocabulary.LIFECYCLE_PHASE,
    "tier": Vocabulary.TIER,
}


@transaction.atomic
def load_alliances(*, content: Path | None = None) -> int:
    """Makes those that do not exist yet with their managers and returns how many that were."""
    folder = content or settings.CONTENT_DIR
    terms = {
        (term.vocabulary, term.code): term
        for term in Term.objects.filter(vocabulary__in=VOCABULARIES.values())
    }
    known = set(Alliance.objects.values_list("code_name", flat=True))
    people = _people(folder)
    wanted = [entry for entry in read_yaml(folder / FILE)["alliances"] if entry["code_name"] not in known]
    for entry in wanted:
        alliance = add_alliance(actor=None, values=_values(entry, terms), is_demo=True)
        for key in entry["managers"]:
            if key in people:
                add_member(alliance=alliance, person=people[key], duty=Duty.MANAGER, actor=None)
    return len(wanted)


def _values(entry: Mapping[str, Any], terms: Mapping[tuple[str, str], Term]) -> dict[str, Any]:
    started = entry["started"]
    return {
        "code_name": entry["code_name"],
        "started": started if isinstance(started, date) else date.fromisoformat(str(started)),
        "counterpart_role": entry["counterpart_role"],
        "north_star": " ".join(entry["north_star"].split()),
        "note": " ".join(entry["note"].split()),
        **{name: terms[vocabulary, entry[name]] for name, vocabulary in VOCABULARIES.items()},
    }


def _people(folder: Path) -> dict[str, User]:
    """The demo people by their key."""
    emails = {entry["email"]: entry["key"] for entry in read_yaml(folder / PEOPLE)["people"]}
    return {emails[person.email]: person for person in User.objects.filter(email__in=emails)}
