"""Loads the appointments of demo people whose path is behind them: `appointed` in the pairs of content/mentoring.yaml.

Part of the demo only, for the figures of the past year: no path, no letter, no step. Idempotent: who has or had an
appointment is left alone.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from alliances.api import alliances_of
from core.content import read_yaml
from core.services.record import record
from onboarding.choices import AppointmentState, Source
from onboarding.models import AllianceAssignment, RoleAppointment
from people.models import User


@transaction.atomic
def load_past() -> int:
    """How many appointments were made."""
    people = {
        entry["key"]: entry["email"] for entry in read_yaml(settings.CONTENT_DIR / "people.yaml")["people"]
    }
    pairs = read_yaml(settings.CONTENT_DIR / "mentoring.yaml")["pairs"]
    return sum(_load(entry, people[entry["mentee"]]) for entry in pairs if "appointed" in entry)


def _load(entry: Mapping[str, Any], email: str) -> bool:
    person = User.objects.present().filter(email=email, is_demo=True).first()
    if person is None or RoleAppointment.objects.filter(person=person).exists():
        return False
    day = datetime.now(tz=UTC).date() - timedelta(days=entry["appointed"])
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    appointment = RoleAppointment.objects.create(
        person=person,
        effective=day,
        source=Source.NOMINATED,
        sources=[Source.NOMINATED.value],
        state=AppointmentState.ENDED,
        created=noon,
    )
    AllianceAssignment.objects.bulk_create(
        AllianceAssignment(
            appointment=appointment,
            code_name=one.code_name,
            alliance_type=one.alliance_type,
            phase=one.phase,
            is_lead=place == 0,
            created=noon,
        )
        for place, one in enumerate(alliances_of(person.pk))
    )
    record(actor=None, action="appointment.make", target=appointment, origin="load_starter")
    return True
