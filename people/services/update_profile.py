"""Changes the profile of a person. The audit row names the fields and never their values."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.services.record import record
from people.models import Profile, User
from people.services.create_person import KIND
from search.api import touch

PLAIN = (
    "division",
    "job_title",
    "city",
    "country",
    "time_zone",
    "working_days",
    "languages",
    "therapeutic_areas",
    "has_alliance_duties",
    "share_of_time",
    "bio",
    "ui_language",
    "shortcuts",
    "working_from",
    "working_until",
)
CHOSEN = ("role_areas", "habits", "alliance_types", "phases")


@transaction.atomic
def update_profile(
    *, person: User, values: Mapping[str, Any], actor: User | None, origin: str = ""
) -> list[str]:
    """Saves what differs and returns the names of the changed fields; nothing is written where nothing differs.

    `values` are cleaned values by field name; fields it leaves out stay. Unknown names raise `KeyError`: rights such as
    the business function are not changed here.
    """
    if unknown := set(values) - {*PLAIN, *CHOSEN}:
        raise KeyError(f"Not a field of the profile: {', '.join(sorted(unknown))}")
    profile, _is_new = Profile.objects.select_for_update().get_or_create(user=person)
    changed = [name for name in PLAIN if name in values and getattr(profile, name) != values[name]]
    for name in changed:
        setattr(profile, name, values[name])
    if changed:
        profile.save(update_fields=changed)
    changed += [name for name in CHOSEN if name in values and _choose(profile, name, values[name])]
    if changed:
        record(actor=actor, action="update_profile", target=person, private_fields=changed, origin=origin)
        touch(person, kind=KIND)
    return changed


def _choose(profile: Profile, name: str, terms: Any) -> bool:
    relation = getattr(profile, name)
    wanted = {term.pk for term in terms}
    if set(relation.values_list("pk", flat=True)) == wanted:
        return False
    relation.set(wanted)
    return True
