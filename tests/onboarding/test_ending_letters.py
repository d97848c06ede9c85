"""What a manager reads of paths that are completed: the figures of each path itself, however many they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.api import target_kinds
from onboarding.choices import UNTOLD, AppointmentState, JourneyState, Source, StepState
from onboarding.models import Journey, RoleAppointment, Step
from onboarding.services.load_onboarding import load_onboarding
from people.models import User
from tests.onboarding.appointing import tell
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
TOLD = 14 - len(UNTOLD)


@pytest.fixture
def manager() -> User:
    load_onboarding()
    return UserFactory.create(name="Mo Manager")


def with_ended_path(manager: User) -> User:
    """Somebody of the manager's who has done all steps but one."""
    person = UserFactory.create(profile={"manager": manager})
    tell(person, source=Source.NOMINATED)
    Step.objects.filter(journey__person=person).exclude(template__code="S1").update(state=StepState.DONE)
    RoleAppointment.objects.filter(person=person).update(state=AppointmentState.ENDED)
    return person


def read(manager: User, key: str = "closing_manager") -> tuple[str, int]:
    """All letters of a kind as they read now, and how many queries it took."""
    ids = list(RoleAppointment.objects.filter(state=AppointmentState.ENDED).values_list("pk", flat=True))
    letters = target_kinds.get(f"letter_{key}").letters
    assert letters is not None
    with CaptureQueriesContext(connection) as asked:
        found = letters(ids, manager)
    assert len(found) == len(ids)
    return str(list(found.values())), len(asked)


def test_six_endings_take_the_queries_of_one(manager: User) -> None:
    with_ended_path(manager)
    _words, alone = read(manager)
    for _number in range(5):
        with_ended_path(manager)
    words, many = read(manager)
    assert words.count(f"{TOLD - 1} of {TOLD} steps") == 6
    assert many == alone


def test_a_coordinator_reads_six_letters_with_the_queries_of_one(manager: User) -> None:
    coordinator = UserFactory.create(roles=("facilitator",))
    assert coordinator.role_names  # asked once a request
    with_ended_path(manager)
    _words, alone = read(coordinator, "facilitator_no_contact")
    for _number in range(5):
        with_ended_path(manager)
    assert read(coordinator, "facilitator_no_contact")[1] == alone


def test_the_figures_are_of_the_path_that_ended_not_of_a_newer_one(manager: User) -> None:
    person = with_ended_path(manager)
    Journey.objects.filter(person=person).update(state=JourneyState.COMPLETED)
    tell(person, source=Source.NOMINATED)
    assert f"{TOLD - 1} of {TOLD} steps" in read(manager)[0]
