"""Appointments: every source joins one, whose word on the day counts, and what a rejection takes back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import permutations
from threading import Barrier

import pytest
from django.contrib.auth.models import Group
from django.db import connections
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from alliances.choices import Duty
from core.facts import deliver_waiting
from core.models import AuditEntry, StoredFact
from onboarding.choices import AppointmentState, JourneyState, Source, StepState
from onboarding.models import Invitation, Journey, RoleAppointment, Step
from onboarding.services.appoint import Change
from onboarding.services.decide_appointment import confirm_appointment, end_appointment, reject_appointment
from people.models import User
from people.services.deactivate import deactivate
from tests.alliances.factories import join, make_alliance
from tests.onboarding.appointing import path_of, tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 30)


def managed() -> tuple[User, User]:
    """Somebody and their manager."""
    manager = UserFactory.create()
    return UserFactory.create(profile={"manager": manager}), manager


@pytest.mark.parametrize("order", list(permutations(Source)))
def test_whatever_the_order_of_the_sources_there_is_one_appointment(order: tuple[Source, ...]) -> None:
    person = UserFactory.create()
    for source in order:
        tell(person, source=source, effective=DAY)
    row = RoleAppointment.objects.get()
    assert (row.effective, row.state, set(row.sources)) == (
        DAY,
        AppointmentState.CONFIRMED,
        {source.value for source in Source},
    )
    assert row.source == order[0]
    for source in order:
        assert tell(person, source=source, effective=DAY).change == Change.UNCHANGED
    assert StoredFact.objects.filter(name="appointment_made").count() == 1


@pytest.mark.parametrize(
    ("first", "second", "moves"),
    [
        (Source.SELF, Source.HR_CSV, True),
        (Source.SELF, Source.NOMINATED, True),
        (Source.HR_CSV, Source.HR_CSV, True),
        (Source.HR_CSV, Source.NOMINATED, False),
        (Source.HR_CSV, Source.SELF, False),
        (Source.SELF, Source.SSO, False),
        (Source.ALLIANCE, Source.ALLIANCE, False),
        (Source.SSO, Source.SELF, True),
    ],
)
def test_whose_word_on_the_day_counts(first: Source, second: Source, moves: bool) -> None:
    person = UserFactory.create()
    tell(person, source=first, effective=DAY)
    tell(person, source=second, effective=DAY + timedelta(7))
    assert RoleAppointment.objects.get().effective == DAY + timedelta(7 if moves else 0)


def test_moving_the_day_moves_what_is_open_and_leaves_what_is_done() -> None:
    person = UserFactory.create()
    journey = path_of(tell(person, source=Source.NOMINATED, effective=DAY).appointment)
    done = Step.objects.get(journey=journey, template__code="S1")
    Step.objects.filter(pk=done.pk).update(state=StepState.DONE)
    tell(person, source=Source.HR_CSV, effective=DAY + timedelta(7))
    journey.refresh_from_db()
    assert journey.day_zero == DAY + timedelta(7)
    dues = dict(Step.objects.filter(journey=journey).values_list("template__code", "due"))
    assert dues["S1"] == done.due
    assert dues["S4"] == date(2026, 12, 14)  # day 5 is a Saturday
    assert dues["S7"] == date(2026, 12, 17)


def test_the_managers_word_decides_once() -> None:
    person, manager = managed()
    row = tell(person).appointment
    assert confirm_appointment(appointment_id=row.pk, actor=manager)
    assert not confirm_appointment(appointment_id=row.pk, actor=manager)
    assert not reject_appointment(appointment_id=row.pk, actor=manager, reason="Too late")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (AppointmentState.CONFIRMED, manager)


def test_a_rejection_ends_the_path_and_is_not_undone_by_telling_the_same_again() -> None:
    person, manager = managed()
    row = tell(person, effective=DAY).appointment
    journey = path_of(row)
    assert reject_appointment(appointment_id=row.pk, actor=manager, reason="Not before the spring")
    journey.refresh_from_db()
    assert journey.state == JourneyState.CANCELLED
    assert tell(person, effective=DAY).change == Change.CLOSED
    assert tell(person, source=Source.HR_CSV, effective=DAY).change == Change.CLOSED
    assert tell(person, effective=DAY + timedelta(90)).change == Change.CREATED
    assert "spring" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_a_leaver_leaves_the_path_too() -> None:
    person, _manager = managed()
    journey = path_of(tell(person).appointment)
    deactivate(person=person, actor=None)
    deliver_waiting()
    assert RoleAppointment.objects.get().state == AppointmentState.ENDED
    assert Journey.objects.get(pk=journey.pk).state == JourneyState.CANCELLED
    assert not end_appointment(appointment_id=RoleAppointment.objects.get().pk, actor=None, reason="")


def test_the_first_alliance_appoints_who_is_new_and_nobody_with_years_in_the_role() -> None:
    new, old = UserFactory.create(), UserFactory.create(profile={"in_role_since": date(2020, 1, 1)})
    alliance = make_alliance()
    membership = join(alliance, new, Duty.MANAGER)
    join(alliance, old, Duty.MANAGER)
    join(make_alliance(), new, Duty.MANAGER)
    deliver_waiting()
    row = RoleAppointment.objects.get()
    assert (row.person, row.source, row.state) == (new, Source.ALLIANCE, AppointmentState.CONFIRMED)
    assert membership.person == new


def test_a_claim_at_sign_in_appoints_once_and_never_again(settings: Settings) -> None:
    settings.ONBOARDING_ROLE_CLAIM = "alliance-managers"
    person, other = UserFactory.create(), UserFactory.create()
    person.groups.add(Group.objects.create(name="alliance-managers"))
    for someone in (person, other, person):
        Client().force_login(someone)
    row = RoleAppointment.objects.get()
    assert (row.person, row.source, row.state) == (person, Source.SSO, AppointmentState.UNCONFIRMED)
    end_appointment(appointment_id=row.pk, actor=None, reason="")
    Client().force_login(person)
    assert RoleAppointment.objects.count() == 1


def test_an_invitation_is_taken_up_by_the_first_sign_in() -> None:
    person = UserFactory.create(email="ana@example.com")
    Invitation.objects.create(
        email="ana@example.com", external_id="E7", effective=DAY, created=timezone.now()
    )
    for _time in range(2):
        Client().force_login(person)
    row = RoleAppointment.objects.get()
    assert (row.effective, row.source, row.external_ref) == (DAY, Source.HR_CSV, "E7")
    assert Invitation.objects.get().taken is not None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_sources_that_tell_at_once_make_one_appointment() -> None:
    person, start = UserFactory.create(), Barrier(len(Source))

    def told(source: Source) -> None:
        start.wait(10)
        try:
            tell(person, source=source, effective=DAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(Source)) as pool:
        for done in [pool.submit(told, source) for source in Source]:
            done.result(30)
    row = RoleAppointment.objects.get()
    assert set(row.sources) == {source.value for source in Source}
    assert row.state == AppointmentState.CONFIRMED
