"""Appointments of the demo that are over: in the figures alone, on no path."""

import pytest

from onboarding.choices import AppointmentState
from onboarding.models import Journey, RoleAppointment
from onboarding.services.load_past import load_past
from people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.world("starter")]


def test_who_was_appointed_a_while_ago_is_on_no_path_and_comes_once() -> None:
    past = RoleAppointment.objects.filter(state=AppointmentState.ENDED)
    assert past.count() == 5
    assert not Journey.objects.filter(person__in=past.values("person")).exists()
    assert load_past() == 0
    assert RoleAppointment.objects.filter(state=AppointmentState.ENDED).count() == 5


def test_nobody_is_made_where_the_invented_people_are_not() -> None:
    RoleAppointment.objects.all().delete()
    User.objects.update(is_demo=False)
    assert load_past() == 0
