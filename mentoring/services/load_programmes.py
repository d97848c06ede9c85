"""Loads the programmes of the demo with what their mentees wish for: `programmes` of content/mentoring.yaml.

Part of the demo only. Idempotent: where a cohort of the demo is there, however it is called by now, none is made. People,
their offers and the pairs are loaded before.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.content import read_yaml
from core.services.record import record
from mentoring.choices import ProgrammeKind, ProgrammeState
from mentoring.models import Mentorship, Programme
from mentoring.services.keep_wishes import keep_wishes, mentors_to_wish
from people.models import User

ORIGIN = "load_starter"
RULES = ("name", "objective", "floor", "pulse_days")


@transaction.atomic
def load_programmes(*, folder: Path | None = None) -> int:
    """How many programmes were made."""
    if Programme.objects.filter(is_demo=True, kind=ProgrammeKind.COHORT).exists():
        return 0
    content = folder or settings.CONTENT_DIR
    keys = {entry["email"]: entry["key"] for entry in read_yaml(content / "people.yaml")["people"]}
    rows = User.objects.present().filter(is_demo=True, email__in=keys)
    people = {keys[one.email]: one for one in rows}
    entries = read_yaml(content / "mentoring.yaml")["programmes"]
    taken = set(Programme.objects.values_list("name", flat=True))
    return sum(_load(entry, people) for entry in entries if entry["name"] not in taken)


def _load(entry: Mapping[str, Any], people: Mapping[str, User]) -> bool:
    programme: Programme = Programme.objects.create(
        kind=ProgrammeKind.COHORT,
        state=ProgrammeState.OPEN,
        is_demo=True,
        **{name: entry[name] for name in RULES},
    )
    record(actor=None, action="mentoring.programme_add", target=programme, origin=ORIGIN)
    for key, mentors in entry["wishes"].items():
        if (mentee := people.get(key)) is not None:
            _wish(programme, mentee, [people[one].pk for one in mentors if one in people])
    return True


def _wish(programme: Programme, mentee: User, mentors: list[int]) -> None:
    """Unless the demo has gone on: with a mentor nobody wishes, and for who mentors no more nobody does."""
    open_to_wish = {one.pk for one in mentors_to_wish(mentee)}
    if not Mentorship.objects.open().filter(mentee=mentee).exists():
        wished = [pk for pk in mentors if pk in open_to_wish]
        keep_wishes(mentee=mentee, programme_id=programme.pk, mentor_ids=wished)
