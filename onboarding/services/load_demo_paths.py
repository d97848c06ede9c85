"""Sets the newcomers of the demo on their paths, each on the day that content/people.yaml gives.

Part of the demo only. Idempotent: who has or had an appointment is left alone. What a newcomer of that day would have
behind them is done; the steps that need a mentor are left for whoever tries the demo.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alliances.api import alliances_of
from core.content import read_yaml
from onboarding.choices import Source, StepState
from onboarding.models import Journey, RoleAppointment, Step
from onboarding.services.appoint import Told, appoint
from onboarding.services.set_context import Described, set_context
from people.api import next_working_day
from people.models import User

FILE = "people.yaml"
LAST_DAY = 90
BEHIND_THEM = ("S3", "S4", "S5", "S7", "S8", "S9")
DAYS_BEHIND = 3
"""So long before its day a step of the demo was done."""


@transaction.atomic
def load_demo_paths(*, today: date | None = None) -> int:
    """How many paths were begun."""
    entries = read_yaml(settings.CONTENT_DIR / FILE)["people"]
    day = today or timezone.localdate()
    return sum(_begin(entry, day) for entry in entries if _is_new(entry))


def _is_new(entry: Mapping[str, Any]) -> bool:
    return bool(entry["mentee"]) and entry["mentee"]["since_days"] <= LAST_DAY


def _begin(entry: Mapping[str, Any], today: date) -> bool:
    people = User.objects.present().filter(email=entry["email"], is_demo=True)
    person = people.select_related("profile__manager").first()
    if person is None or RoleAppointment.objects.filter(person=person).exists():
        return False
    zero = today - timedelta(days=entry["mentee"]["since_days"])
    told = Told(
        source=Source.NOMINATED,
        effective=zero,
        by=person.profile.manager,
        share_of_time=person.profile.share_of_time,
    )
    appoint(person=person, told=told)
    Journey.objects.filter(person=person).update(is_demo=True, day_zero=zero)
    alliances = [Described(one.code_name, one.alliance_type, one.phase) for one in alliances_of(person.pk)]
    if alliances:
        share = person.profile.share_of_time
        set_context(person=person, alliances=alliances, takes_over_from="", share_of_time=share)
    _do_what_is_behind(person, zero, today)
    return True


def _do_what_is_behind(person: User, zero: date, today: date) -> None:
    """Days as they are written, since a path of long ago would begin today."""
    steps = list(Step.objects.filter(journey__person=person).select_related("template"))
    for step in steps:
        step.due = next_working_day(person.profile, zero + timedelta(days=step.template.due_day))
        if step.template.code in BEHIND_THEM and step.due < today:
            done = step.due - timedelta(days=min(DAYS_BEHIND, step.template.due_day))
            noon = datetime.combine(done, time(12), tzinfo=timezone.get_current_timezone())
            step.state, step.done, step.ticks = StepState.DONE, noon, list(step.template.owners)
    Step.objects.bulk_update(steps, ["due", "state", "done", "ticks"])
