"""Makes a programme, or changes its rules. For facilitators. What runs under it goes on as it began.

States go draft, open, closed, archived; a closed one may be opened again. The last open programme for the newly appointed
stays open, since requests are sent under it; there is no second of its kind. Nobody saves over another's change without
having seen it (`ProgrammeChanged`).
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.audiences import ALLIANCE_PREFIX
from core.services.record import record
from mentoring.choices import ProgrammeKind, ProgrammeState
from mentoring.coordinators import is_facilitator
from mentoring.models import Programme
from mentoring.models.programme import HIGHEST_FLOOR
from mentoring.programmes import standing_programme
from people.models import User

FIELDS = (
    *("name", "state", "audience", "objective", "floor", "most_each"),
    *("least_months", "expiry_days", "term_weeks", "pulse_days"),
)
RANGES = {
    "floor": (0, HIGHEST_FLOOR),
    "most_each": (1, 5),
    "least_months": (0, 240),
    "expiry_days": (1, 20),
    "term_weeks": (4, 104),
}
PULSES = (1, 6)
"""So few and so many days of pulses; each lies within the longest term."""
LAST_PULSE = 7 * RANGES["term_weeks"][1]
PATH_WAITS_FOR = 30
"""A step of the first ninety days is done by a pulse of this day or later."""
NEXT = {
    ProgrammeState.DRAFT: (ProgrammeState.DRAFT, ProgrammeState.OPEN),
    ProgrammeState.OPEN: (ProgrammeState.OPEN, ProgrammeState.CLOSED),
    ProgrammeState.CLOSED: (ProgrammeState.CLOSED, ProgrammeState.OPEN, ProgrammeState.ARCHIVED),
    ProgrammeState.ARCHIVED: (ProgrammeState.ARCHIVED,),
}


class ProgrammeChanged(ValidationError):
    """Somebody else saved other rules after the editor began; nothing of either is lost."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody changed this while you wrote. What stands now is above your words: decide, then save."
            )
        )


def fingerprint(programme: Programme) -> str:
    """What an edit form carries to notice that somebody else was faster."""
    values = json.dumps([str(getattr(programme, name)) for name in FIELDS])
    return sha256(values.encode()).hexdigest()[:32]


def next_states(programme: Programme | None) -> tuple[ProgrammeState, ...]:
    """Where a programme may go from where it stands; a new one is a draft, or open at once."""
    if programme is None:
        return NEXT[ProgrammeState.DRAFT]
    if programme.kind == ProgrammeKind.ONBOARDING and programme == standing_programme():
        return (ProgrammeState.OPEN,)
    return NEXT[ProgrammeState(programme.state)]


@transaction.atomic
def save_programme(
    *, actor: User, values: Mapping[str, Any], programme_id: int | None = None, seen: str | None = None
) -> Programme:
    """The programme as it stands now. Raises ValidationError by field; an unchanged one leaves no trace.

    `seen` is `fingerprint` of the rules the editor began with: where others stand by now, `ProgrammeChanged`.
    """
    if not is_facilitator(actor):
        raise PermissionDenied
    row = _held(programme_id) if programme_id is not None else Programme(kind=values["kind"])
    is_new = row.pk is None
    changes = {
        name: (getattr(row, name), values[name]) for name in FIELDS if getattr(row, name) != values[name]
    }
    if changes and seen is not None and seen != fingerprint(row):
        raise ProgrammeChanged
    _check(row, values)
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    row.full_clean()
    if changes or is_new:
        row.save()
        action = "mentoring.programme_add" if is_new else "mentoring.programme_change"
        record(actor=actor, action=action, target=row, changes=changes)
    return row


def _held(pk: int) -> Programme:
    row: Programme = Programme.objects.select_for_update().get(pk=pk)
    return row


def _check(row: Programme, values: Mapping[str, Any]) -> None:
    is_new = row.pk is None
    if is_new and row.kind == ProgrammeKind.ONBOARDING:
        raise ValidationError({"kind": _("There is one for the newly appointed already.")})
    if values["state"] not in next_states(None if is_new else row):
        raise ValidationError({"state": _("A programme cannot go from where it stands to there.")})
    if values["audience"].startswith(ALLIANCE_PREFIX):
        raise ValidationError({"audience": _("A programme is not for the team of one alliance.")})
    _check_ranges(values)
    _check_pulses(values["pulse_days"], row.kind)


def _check_pulses(days: Sequence[int], kind: str) -> None:
    least, most = PULSES
    if not least <= len(days) <= most or list(days) != sorted(set(days)):
        words = _("Name %(least)d to %(most)d different days, the first one first.")
        raise ValidationError({"pulse_days": words % {"least": least, "most": most}})
    if not all(1 <= day <= LAST_PULSE for day in days):
        raise ValidationError({"pulse_days": _("Choose days from 1 to %(last)d.") % {"last": LAST_PULSE}})
    if kind == ProgrammeKind.ONBOARDING and days[-1] < PATH_WAITS_FOR:
        words = _("One of them has to be day %(day)d or later, since a step of the path waits for it.")
        raise ValidationError({"pulse_days": words % {"day": PATH_WAITS_FOR}})


def _check_ranges(values: Mapping[str, Any]) -> None:
    for name, (least, most) in RANGES.items():
        value = values[name]
        if value is None and name == "most_each":
            continue
        if not least <= value <= most:
            words = _("Choose a number from %(least)d to %(most)d.") % {"least": least, "most": most}
            raise ValidationError({name: words})
