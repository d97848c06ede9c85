"""Loads the demo of mentoring: offers and wants of content/people.yaml, one wall and one exclusion of mentoring.yaml.

Part of the demo only. Idempotent: who has a mentoring profile keeps it. People and alliances are loaded before.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alliances.models import Alliance
from core.content import read_yaml
from mentoring.models import Exclusion, MentorProfile, Wall
from mentoring.services.keep_status import keep_status
from mentoring.services.programmes import onboarding_programme
from people.models import User

TRAINED_BEFORE = timedelta(days=120)
STYLE = ("advice", "structure", "cadence")


@transaction.atomic
def load_mentoring(*, folder: Path | None = None) -> int:
    """How many mentoring profiles were made."""
    content = folder or settings.CONTENT_DIR
    entries = read_yaml(content / "people.yaml")["people"]
    people = {one.email: one for one in User.objects.filter(is_demo=True)}
    known = {entry["key"]: people[entry["email"]] for entry in entries if entry["email"] in people}
    onboarding_programme()
    made = sum(_load(entry, known[entry["key"]]) for entry in entries if entry["key"] in known)
    if made:
        _keep_apart(read_yaml(content / "mentoring.yaml"), known)
        keep_status()
    return made


def _load(entry: Mapping[str, Any], person: User) -> bool:
    mentor, mentee = entry["mentor"], entry["mentee"]
    if not mentor and not mentee:
        return False
    style = (mentor or mentee)["style"]
    values = {
        "is_mentor": bool(mentor),
        "is_mentee": bool(mentee),
        **{name: style[name] for name in STYLE},
    }
    if mentee:
        values["wants"] = list(mentee["wants"])
    if mentor:
        trained = timezone.localdate() - TRAINED_BEFORE if mentor["trained"] else None
        values |= {"offers": list(mentor["offers"]), "capacity": mentor["capacity"], "trained_on": trained}
    _row, is_new = MentorProfile.objects.get_or_create(person=person, defaults=values)
    return is_new


def _keep_apart(content: Mapping[str, Any], people: Mapping[str, User]) -> None:
    now = timezone.now()
    for entry in content["exclusions"]:
        owner, other = people.get(entry["owner"]), people.get(entry["other"])
        if owner and other:
            Exclusion.objects.get_or_create(owner=owner, other=other, defaults={"created": now})
    for entry in content["walls"]:
        rows = Alliance.objects.filter(code_name__in=entry["between"], is_demo=True).order_by("pk")
        two = list(rows[:2])
        if len(two) == 2:
            Wall.objects.get_or_create(
                first=two[0], second=two[1], defaults={"reason": entry["reason"], "created": now}
            )
